using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.BitTorrent;

/// <summary>BitTorrent's distributed hash table. One record per flow: the first message that names a torrent, else the first.</summary>
internal sealed class DhtParser : ProtocolParser
{
    private bool _isReported;
    private bool _isTorrentReported;

    public override AppProtocol Protocol => AppProtocol.BitTorrentDht;

    public static bool Probe(ReadOnlySpan<byte> data, Direction direction, Flow flow) => DhtMessage.TryRead(data, out _);

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (_isTorrentReported || !DhtMessage.TryRead(data, out var message) || (_isReported && message.InfoHash.IsEmpty))
        {
            return;
        }

        _isReported = true;
        _isTorrentReported = !message.InfoHash.IsEmpty;
        observations.BitTorrentDht(flow, message);
    }

    public override void Reset() => _isReported = _isTorrentReported = false;
}
