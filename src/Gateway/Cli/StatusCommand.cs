using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw status</c>: what the service does now.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Create()
    {
        var command = new Command("status", "Show what the service does now") { Json };
        command.SetAction((parsed, cancellationToken) =>
            ShowAsync(parsed.GetRequiredValue(CommandLine.ConfigOption), parsed.GetValue(Json), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(string configFile, bool asJson, CancellationToken cancellationToken)
    {
        var socket = GatewaySettings.Read(configFile).Gateway.ControlSocket;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var report = await StatusClient.ReadAsync(socket, patience.Token);
            await Console.Out.WriteLineAsync(asJson
                ? JsonSerializer.Serialize(report, StatusJson.Default.StatusReport)
                : StatusText.Write(report));
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is SocketException or JsonException or OperationCanceledException)
        {
            return CommandLine.Fail([$"no running mslgw answers at {socket}: {e.Message}"], ExitCode.Failed);
        }
    }
}
