using System.Net;
using System.Net.Sockets;

namespace MediaSecurityLite.Gateway.Tests.Cloud;

/// <summary>A TCP relay in front of the broker: disposing of it cuts the line without a goodbye.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _cut = new();
    private readonly Task _relay;

    public CuttableProxy(int target)
    {
        _listener.Start();
        _relay = RelayAsync(target, _cut.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        if (!_cut.IsCancellationRequested)
        {
            await _cut.CancelAsync();
            _listener.Dispose();
            await _relay;
        }
    }

    private async Task RelayAsync(int target, CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, target, cancellationToken);
        try
        {
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), cancellationToken),
                server.GetStream().CopyToAsync(client.GetStream(), cancellationToken));
        }
        finally
        {
            client.Client.LingerState = new LingerOption(true, 0);
            server.Client.LingerState = new LingerOption(true, 0);
        }
    }
}
