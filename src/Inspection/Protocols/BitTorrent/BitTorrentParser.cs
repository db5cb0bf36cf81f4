using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.BitTorrent;

/// <summary>
/// A peer's greeting (BEP 3): <c>| 19 | "BitTorrent protocol" | flags 8 | info hash 20 | peer id 20 |</c>, or a local search
/// (BEP 14). One record per flow: which torrent, and which program.
/// </summary>
internal sealed class BitTorrentParser : ProtocolParser
{
    private const int InfoHashOffset = 28;
    private const int PeerIdOffset = 48;
    private const int HandshakeLength = 68;

    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.BitTorrent;

    public KeptField InfoHash { get; } = new(20);

    /// <summary>BEP 20: starts with the program, such as <c>-TR2940-</c>.</summary>
    public KeptField PeerId { get; } = new(20);

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        if (data.Length < HandshakeLength)
        {
            wanted = HandshakeLength;
            return 0;
        }

        InfoHash.Set(data[InfoHashOffset..PeerIdOffset]);
        PeerId.Set(data[PeerIdOffset..HandshakeLength]);
        Finish(observations, flow);
        return -1;
    }

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (_isReported || InfoHash.Length > 0 || !data.StartsWith(BitTorrentProbe.LocalSearch))
        {
            return;
        }

        const int HexLength = 40;
        var header = "\nInfohash: "u8;
        var start = data.IndexOf(header);
        Span<byte> hash = stackalloc byte[HexLength / 2];
        if (start >= 0
            && data.Length >= start + header.Length + HexLength
            && Convert.FromHexString(data.Slice(start + header.Length, HexLength), hash, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            InfoHash.Set(hash);
            Finish(observations, flow);
        }
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (!_isReported)
        {
            _isReported = true;
            observations.BitTorrent(flow, this);
        }
    }

    public override void Reset()
    {
        _isReported = false;
        InfoHash.Clear();
        PeerId.Clear();
    }
}
