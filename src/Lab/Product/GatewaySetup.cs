using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Lab.Processes;

namespace MediaSecurityLite.Lab.Product;

/// <summary>What an installer would write into the settings of a box.</summary>
internal sealed record GatewaySetup(GatewayId Id, string Folder)
{
    private static readonly TimeSpan StatusLimit = TimeSpan.FromSeconds(10);

    /// <summary>The namespace to run in; null for the machine itself.</summary>
    public string? Namespace { get; init; }

    /// <summary><c>monitor</c>, <c>router</c> or <c>bridge</c>.</summary>
    public string Mode { get; init; } = "monitor";

    /// <summary>In monitor mode.</summary>
    public string? CaptureInterface { get; init; }

    public string? CaptureFile { get; init; }

    public required string CloudHost { get; init; }

    public required int CloudPort { get; init; }

    public required TimeSpan HeartbeatInterval { get; init; }

    /// <summary>Where <c>mslcenter admin gateway add</c> put the credential.</summary>
    public string Credential => Path.Combine(Folder, "credential");

    public string Packs => Path.Combine(Folder, "packs");

    public string PatternRoot => Path.Combine(Folder, "pattern-root.json");

    public string SettingsFile => Path.Combine(Folder, "mslgw.json");

    public string PolicyFile => Path.Combine(Folder, "policy.json");

    public async Task WriteAsync(PolicyDocument policy, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllBytesAsync(
            PolicyFile, JsonSerializer.SerializeToUtf8Bytes(policy, ContractsJson.Default.PolicyDocument), cancellationToken);
        var settings = new Dictionary<string, object>
        {
            ["GatewayId"] = Id.ToString(),
            ["Mode"] = Mode,
            ["DataDirectory"] = Path.Combine(Folder, "data"),
            ["RuntimeDirectory"] = Path.Combine(Folder, "run"),
            ["Capture"] = new { Interface = CaptureInterface ?? "", File = CaptureFile ?? "" },
            ["Patterns"] = new { Packs, Root = PatternRoot },
            ["Policy"] = new { File = PolicyFile },
            ["Cloud"] = new
            {
                Host = CloudHost,
                Port = CloudPort,
                CaFile = Path.Combine(Credential, "ca.pem"),
                CertificateFile = Path.Combine(Credential, "gateway.pem"),
                KeyFile = Path.Combine(Credential, "gateway.key"),
                HeartbeatInterval = HeartbeatInterval.ToString("c", null),
            },
        };
        await File.WriteAllBytesAsync(SettingsFile, JsonSerializer.SerializeToUtf8Bytes(settings), cancellationToken);
    }

    public Task<ChildProcess> StartAsync() =>
        ChildProcess.StartAsync(new Command(ProductPrograms.Gateway, "run", "--config", SettingsFile) { Namespace = Namespace });

    /// <summary>What <c>mslgw status --json</c> says; null while it does not answer yet.</summary>
    public async Task<JsonElement?> StatusAsync(CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync(
            new Command(ProductPrograms.Gateway, "status", "--json", "--config", SettingsFile), StatusLimit, cancellationToken);
        if (result.ExitCode != 0)
        {
            return null;
        }

        using var status = JsonDocument.Parse(result.Output);
        return status.RootElement.Clone();
    }
}
