namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>Reads the frames that an Initial packet may carry (RFC 9000, 12.4) and hands on those with pieces of the hello.</summary>
internal static class QuicFrames
{
    private const byte Padding = 0x00;
    private const ulong Ping = 0x01;
    private const ulong Ack = 0x02;
    private const ulong AckWithEcn = 0x03;
    private const ulong Crypto = 0x06;

    /// <summary>Google's T050 and T051 number the same frame so.</summary>
    private const ulong GoogleCrypto = 0x08;

    private const ulong ConnectionClose = 0x1C;

    /// <summary>Reads all frames of a packet.</summary>
    /// <returns>False if they are malformed or beyond the stream's bounds.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, CryptoStream stream)
    {
        var reader = new QuicReader(payload);
        while (true)
        {
            reader.SkipAll(Padding);
            if (reader.IsAtEnd)
            {
                return true;
            }

            if (!reader.TryReadInteger(out var type) || !TryReadFrame(ref reader, type, stream))
            {
                return false;
            }
        }
    }

    private static bool TryReadFrame(ref QuicReader reader, ulong type, CryptoStream stream)
    {
        switch (type)
        {
            case Ping:
                return true;
            case Ack or AckWithEcn:
                return TrySkipAck(ref reader, type == AckWithEcn);
            case Crypto or GoogleCrypto:
                return reader.TryReadInteger(out var offset)
                    && reader.TryReadInteger(out var length)
                    && reader.TryRead(length, out var data)
                    && stream.Add(offset, data);
            case ConnectionClose:
                return reader.TryReadInteger(out _)
                    && reader.TryReadInteger(out _)
                    && reader.TryReadInteger(out var reasonLength)
                    && reader.TrySkip(reasonLength);
            default:
                return false;
        }
    }

    /// <summary>RFC 9000, 19.3: largest, delay, count of ranges, first range, then two numbers for each range.</summary>
    private static bool TrySkipAck(ref QuicReader reader, bool hasEcn)
    {
        if (!reader.TryReadInteger(out _)
            || !reader.TryReadInteger(out _)
            || !reader.TryReadInteger(out var ranges)
            || !reader.TryReadInteger(out _)
            || ranges > (ulong)reader.Rest.Length)
        {
            return false;
        }

        var numbers = (2 * ranges) + (hasEcn ? 3u : 0);
        for (ulong i = 0; i < numbers; i++)
        {
            if (!reader.TryReadInteger(out _))
            {
                return false;
            }
        }

        return true;
    }
}
