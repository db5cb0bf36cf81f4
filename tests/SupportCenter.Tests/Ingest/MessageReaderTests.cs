using System.Buffers;
using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Ingest;

namespace MediaSecurityLite.SupportCenter.Tests.Ingest;

public sealed class MessageReaderTests
{
    private static readonly GatewayId Gateway = GatewayId.Parse("gw-1");

    [Property]
    public bool Read_ArbitraryBytes_AreADeadLetter(byte[] payload) =>
        Read(payload) is DeadArrival { Reason: DeadLetterReason.Malformed } dead && dead.Size == payload.Length;

    [Property(MaxTest = 500)]
    public bool Read_GoodMessageWithOneChangedByte_NeverThrows(ushort position, byte value)
    {
        var payload = Messages.Bytes(Messages.Event("gw-1", Messages.Detection()));
        payload[position % payload.Length] = value;

        return Read(payload) is DetectionArrival or DeadArrival;
    }

    [Property]
    public bool Read_AnyText_AsHostName_IsTaken(string? host)
    {
        var envelope = Messages.Event("gw-1", Messages.Detection(host: host is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(host))));

        return Read(Messages.Bytes(envelope)) is DetectionArrival taken
            && (taken.Envelope.Data.Host is not { } kept || !kept.Any(char.IsControl));
    }

    [Fact]
    public void Read_LookupOfNoName_IsRefused()
    {
        var envelope = Messages.Event("gw-1", Messages.Detection(host: null) with { IsLookup = true });

        Assert.Equal(DeadLetterReason.InvalidField, Assert.IsType<DeadArrival>(Read(Messages.Bytes(envelope))).Reason);
    }

    private static Arrival Read(byte[] payload) =>
        MessageReader.Read(Gateway, Messages.DetectionTopic("gw-1"), new ReadOnlySequence<byte>(payload));
}
