namespace MediaSecurityLite.Inspection.Protocols.BitTorrent;

/// <summary>
/// A message of the distributed hash table (BEP 5): a dictionary with <c>t</c> transaction, <c>y</c> kind, and <c>q</c>/<c>a</c>
/// query and arguments, <c>r</c> answer or <c>e</c> error.
/// </summary>
internal ref struct DhtMessage
{
    public ReadOnlySpan<byte> Transaction { get; private set; }

    /// <summary>'q', 'r' or 'e'.</summary>
    public byte Kind { get; private set; }

    /// <summary>ping, find_node, get_peers or announce_peer; empty in an answer.</summary>
    public ReadOnlySpan<byte> Query { get; private set; }

    /// <summary>The sender's id, 20 bytes.</summary>
    public ReadOnlySpan<byte> NodeId { get; private set; }

    /// <summary>The torrent that is asked for; empty in other queries.</summary>
    public ReadOnlySpan<byte> InfoHash { get; private set; }

    public ReadOnlySpan<byte> ClientVersion { get; private set; }

    /// <returns>False for what cannot be a message.</returns>
    public static bool TryRead(ReadOnlySpan<byte> data, out DhtMessage message)
    {
        message = default;
        var result = default(DhtMessage);
        var reader = new Bencode(data);
        if (!reader.TryEnterDictionary())
        {
            return false;
        }

        while (!reader.TryLeave())
        {
            if (!reader.TryReadText(out var key) || key.IsEmpty || !result.TryTake(key, ref reader))
            {
                return false;
            }
        }

        message = result;
        return result.Kind is (byte)'q' or (byte)'r' or (byte)'e' && !result.Transaction.IsEmpty && (result.Kind != 'q' || !result.Query.IsEmpty);
    }

    private bool TryTake(ReadOnlySpan<byte> key, scoped ref Bencode reader)
    {
        ReadOnlySpan<byte> text;
        switch (key[0])
        {
            case (byte)'a' or (byte)'r' when key.Length == 1:
                return TryTakeArguments(ref reader);
            case (byte)'q' when key.Length == 1 && reader.TryReadText(out text):
                Query = text;
                return true;
            case (byte)'t' when key.Length == 1 && reader.TryReadText(out text):
                Transaction = text;
                return true;
            case (byte)'v' when key.Length == 1 && reader.TryReadText(out text):
                ClientVersion = text;
                return true;
            case (byte)'y' when key.Length == 1 && reader.TryReadText(out text) && text.Length == 1:
                Kind = text[0];
                return true;
            default:
                return reader.TrySkip();
        }
    }

    private bool TryTakeArguments(scoped ref Bencode reader)
    {
        if (!reader.TryEnterDictionary())
        {
            return false;
        }

        while (!reader.TryLeave())
        {
            if (!reader.TryReadText(out var key))
            {
                return false;
            }

            if (key.SequenceEqual("id"u8) && reader.TryReadText(out var id))
            {
                NodeId = id;
            }
            else if (key.SequenceEqual("info_hash"u8) && reader.TryReadText(out var hash))
            {
                InfoHash = hash;
            }
            else if (!reader.TrySkip())
            {
                return false;
            }
        }

        return true;
    }
}
