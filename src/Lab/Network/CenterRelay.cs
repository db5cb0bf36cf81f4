using System.Net;
using System.Net.Sockets;

namespace MediaSecurityLite.Lab.Network;

/// <summary>
/// Carries the gateway's connections from the lab's internet to the support centre on the machine's loopback, byte for byte:
/// TLS ends at the centre. So the centre needs no address beyond loopback and the machine no interface into the lab.
/// </summary>
internal sealed class CenterRelay : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _listener;
    private readonly int _centerPort;
    private readonly Task _accepting;

    private CenterRelay(Socket listener, int centerPort)
    {
        _listener = listener;
        _centerPort = centerPort;
        _accepting = AcceptAsync(_stop.Token);
    }

    public static async Task<CenterRelay> StartAsync(string name, int brokerPort, int centerPort) =>
        new(await NamespaceSockets.ListenAsync(name, new IPEndPoint(LabPlan.Center, brokerPort)), centerPort);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        List<Task> carried = [];
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var gateway = await _listener.AcceptAsync(cancellationToken);
                carried.RemoveAll(task => task.IsCompleted);
                carried.Add(CarryAsync(gateway, cancellationToken));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        await Task.WhenAll(carried);
    }

    private async Task CarryAsync(Socket gateway, CancellationToken cancellationToken)
    {
        using (gateway)
        using (var center = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                await center.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _centerPort), cancellationToken);
                await using var left = new NetworkStream(gateway);
                await using var right = new NetworkStream(center);

                // Whichever side ends first ends the other, as a broken line would.
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var first = await Task.WhenAny(left.CopyToAsync(right, ended.Token), right.CopyToAsync(left, ended.Token));
                await ended.CancelAsync();
                await first;
            }
            catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException)
            {
                // A broken connection is what this relay exists to pass on: closing both sockets tells both ends.
            }
        }
    }
}
