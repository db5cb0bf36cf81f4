using MediaSecurityLite.Inspection.Compression;
using MediaSecurityLite.Inspection.Protocols.Http2;
using MediaSecurityLite.Inspection.Protocols.Quic;
using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Protocols;

/// <summary>What the parsers of one inspector share: memory with one account, and decoders that are costly to make.</summary>
internal sealed class ParserResources
{
    /// <summary>Bytes that messages cut over records and packets may hold, for all flows together.</summary>
    private const long MaxHeldBytes = 16 << 20;

    public SegmentPool Memory { get; } = new(MaxHeldBytes);

    public PacketProtection QuicProtection { get; } = new();

    public ContentDecoderPool Decoders { get; } = new();

    /// <summary>Where header fields are decoded, one at a time.</summary>
    public byte[] HeaderScratch { get; } = new byte[HpackDecoder.ScratchLength];
}
