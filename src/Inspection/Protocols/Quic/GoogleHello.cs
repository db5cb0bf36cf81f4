using System.Buffers.Binary;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>
/// The hello of Google's own handshake, before TLS took its place. All numbers are little-endian; the offsets count from the
/// first value and tell where each ends.
/// <code>
/// | CHLO | number of tags 2 | 0 2 | (tag 4 | end 4) per tag | values |
/// </code>
/// </summary>
internal readonly ref struct GoogleHello
{
    /// <summary>Clients send some 30.</summary>
    public const int MaxTags = 128;

    private const int HeaderLength = 8;
    private const int EntryLength = 8;

    private readonly ReadOnlySpan<byte> _entries;
    private readonly ReadOnlySpan<byte> _values;

    private GoogleHello(ReadOnlySpan<byte> entries, ReadOnlySpan<byte> values)
    {
        _entries = entries;
        _values = values;
    }

    private static ReadOnlySpan<byte> Mark => "CHLO"u8;

    public int Count => _entries.Length / EntryLength;

    /// <summary>
    /// Finds the hello among the frames of a packet. It always lies in one packet, whole: the server must be able to answer
    /// without keeping anything.
    /// </summary>
    public static bool TryFind(ReadOnlySpan<byte> frames, out GoogleHello hello)
    {
        hello = default;
        var start = frames.IndexOf(Mark);
        if (start < 0 || frames.Length - start < HeaderLength)
        {
            return false;
        }

        var message = frames[start..];
        var count = BinaryPrimitives.ReadUInt16LittleEndian(message[4..]);
        var valuesOffset = HeaderLength + (count * EntryLength);
        if (count is 0 or > MaxTags || message.Length < valuesOffset)
        {
            return false;
        }

        hello = new GoogleHello(message[HeaderLength..valuesOffset], message[valuesOffset..]);
        return true;
    }

    public ReadOnlySpan<byte> Tag(int index) => _entries.Slice(index * EntryLength, 4);

    /// <summary>The value of a tag; empty where it is missing or cut.</summary>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> tag)
    {
        uint start = 0;
        for (var i = 0; i < Count; i++)
        {
            var end = BinaryPrimitives.ReadUInt32LittleEndian(_entries[((i * EntryLength) + 4)..]);
            if (Tag(i).SequenceEqual(tag))
            {
                return start <= end && end <= (uint)_values.Length ? _values[(int)start..(int)end] : default;
            }

            start = end;
        }

        return default;
    }
}
