using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.BitTorrent;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about BitTorrent.</content>
internal sealed partial class EveWriter
{
    public void BitTorrent(Flow flow, BitTorrentParser peer, long now)
    {
        if (peer.InfoHash.Length == 0)
        {
            return;
        }

        Begin("bittorrent"u8, flow, now);
        HexField(",\"bittorrent\":{\"info_hash\":\""u8, peer.InfoHash.Value);
        OptionalField(",\"client\":"u8, Client(peer.PeerId.Value));
        _json.Raw("}"u8);
        End();
    }

    public void BitTorrentDht(Flow flow, in DhtMessage message, long now)
    {
        Begin("bittorrent_dht"u8, flow, now);
        HexField(",\"bittorrent_dht\":{\"transaction_id\":\""u8, message.Transaction);
        OptionalHexField(",\"client_version\":\""u8, message.ClientVersion);
        if (message.Kind == 'q')
        {
            Field(",\"request_type\":"u8, message.Query);
            HexField(",\"request\":{\"id\":\""u8, message.NodeId);
            OptionalHexField(",\"info_hash\":\""u8, message.InfoHash);
            _json.Raw("}"u8);
        }
        else if (message.Kind == 'r')
        {
            HexField(",\"response\":{\"id\":\""u8, message.NodeId);
            _json.Raw("}"u8);
        }

        _json.Raw("}"u8);
        End();
    }

    /// <summary>BEP 20: "-TR2940-" and twelve random bytes.</summary>
    private static ReadOnlySpan<byte> Client(ReadOnlySpan<byte> peerId) =>
        peerId.Length >= 8 && peerId[0] == '-' && peerId[7] == '-' ? peerId[1..7] : default;

    private void HexField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        _json.Raw(name);
        _json.Hex(bytes);
        _json.Raw("\""u8);
    }

    private void OptionalHexField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            HexField(name, bytes);
        }
    }
}
