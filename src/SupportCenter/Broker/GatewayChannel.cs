using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>One TLS connection as the broker sees it; keeps packets within their size.</summary>
/// <remarks>One reader and one writer, as the broker guarantees.</remarks>
internal sealed class GatewayChannel(ConnectionContext connection, Refusals refusals) : IMqttChannel
{
    /// <summary>The largest packet after its fixed header: several times the largest payload, for topic and properties.</summary>
    public const int LargestPacket = 256 * 1024;

    private PacketSizeLimit _limit = new(LargestPacket);

    public X509Certificate2? ClientCertificate => connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;

    public EndPoint? RemoteEndPoint => connection.RemoteEndPoint;

    public EndPoint? LocalEndPoint => connection.LocalEndPoint;

    public bool IsSecureConnection => true;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DisconnectAsync(CancellationToken cancellationToken) => await connection.Transport.Output.CompleteAsync();

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var input = connection.Transport.Input;
        var result = await input.ReadAsync(cancellationToken);
        var taken = result.Buffer.Slice(0, Math.Min(count, result.Buffer.Length));
        var length = (int)taken.Length;
        taken.CopyTo(buffer.AsSpan(offset, length));
        input.AdvanceTo(taken.End);
        try
        {
            _limit.Follow(buffer.AsSpan(offset, length));
        }
        catch (MqttProtocolViolationException)
        {
            refusals.Note(RefusalCause.PacketSize, ClientCertificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false));
            throw;
        }

        return length;
    }

    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        var output = connection.Transport.Output;
        foreach (var part in buffer)
        {
            output.Write(part.Span);
        }

        if (isEndOfPacket)
        {
            await output.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Nothing: the web server sends what is left, such as the reason of a refusal, and closes the connection.</summary>
    public void Dispose()
    {
    }
}
