using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>Asks the running agent through its control socket.</summary>
internal static class StatusClient
{
    private const int MaxAnswer = 1 << 20;

    /// <exception cref="SocketException">No agent answers there.</exception>
    /// <exception cref="JsonException">What answers is no mslgw of this version.</exception>
    public static Task<StatusReport> ReadAsync(string socketPath, CancellationToken cancellationToken) =>
        AskAsync(socketPath, ControlSocket.StatusRequest, cancellationToken);

    /// <summary>Asks for something and gets the status afterwards.</summary>
    /// <exception cref="SocketException">No agent answers there.</exception>
    /// <exception cref="JsonException">What answers is no mslgw of this version.</exception>
    public static async Task<StatusReport> AskAsync(string socketPath, string request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request + "\n"), cancellationToken);
        var answer = new byte[MaxAnswer];
        var length = 0;
        while (length < answer.Length)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return JsonSerializer.Deserialize(answer.AsSpan(0, length), StatusJson.Default.StatusReport)
            ?? throw new JsonException("the answer is empty");
    }
}
