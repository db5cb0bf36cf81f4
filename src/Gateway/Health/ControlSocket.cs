using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>
/// The door for <c>mslgw status</c> and <c>mslgw patterns</c>: a Unix socket that only root and the service's group can open. One line asks, one line
/// of JSON answers, then the connection closes.
/// </summary>
internal sealed partial class ControlSocket(
    GatewayStatus status, SnapshotService snapshots, GatewaySettings settings, ILogger<ControlSocket> logger) : BackgroundService
{
    public const string StatusRequest = "status";

    /// <summary>Packs were changed at the console: bring them into force.</summary>
    public const string ReloadPatternsRequest = "reload-patterns";

    private const int MaxRequest = 256;
    private const int Backlog = 8;
    private const UnixFileMode OwnerAndGroup =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var path = settings.Gateway.ControlSocket;
        await RemoveStaleAsync(path, cancellationToken);
        try
        {
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, OwnerAndGroup);
            _listener.Listen(Backlog);
        }
        catch (SocketException e)
        {
            throw new StartException($"RuntimeDirectory: the control socket {path} cannot be made: {e.Message}", e);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptAsync(stoppingToken);
                await AnswerAsync(client, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // A client that went away or never asked is not our trouble; the next one is served.
                Log.ClientFailed(logger, e.Message);
            }
        }
    }

    public override void Dispose()
    {
        // The framework unlinks the path of a bound socket when it is disposed of.
        _listener.Dispose();
        base.Dispose();
    }

    /// <summary>What a killed agent left is removed; a living agent is not pushed aside.</summary>
    private static async Task RemoveStaleAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }

        throw new StartException($"another mslgw is running: it answers at {path}");
    }

    private async Task AnswerAsync(Socket client, CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Patience);
        var buffer = new byte[MaxRequest];
        var length = await client.ReceiveAsync(buffer, patience.Token);
        var answer = Encoding.ASCII.GetString(buffer, 0, length).Trim() switch
        {
            StatusRequest => Status(),
            ReloadPatternsRequest => Reload(),
            _ => "{\"error\":\"unknown request\"}"u8.ToArray(),
        };
        await client.SendAsync(answer, patience.Token);
        client.Shutdown(SocketShutdown.Both);
    }

    private byte[] Status() => JsonSerializer.SerializeToUtf8Bytes(status.Read(), StatusJson.Default.StatusReport);

    private byte[] Reload()
    {
        snapshots.ReloadPatterns();
        return Status();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A client of the control socket was not served: {Reason}")]
        public static partial void ClientFailed(ILogger logger, string reason);
    }
}
