using System.Globalization;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Recognition;

/// <summary>
/// Fixed bytes at the start of a flow, for protocols that are recognised by them and not read. A pattern is written as
/// <c>'text'</c>, hexadecimal bytes and <c>??</c> for any byte, with spaces between.
/// </summary>
internal sealed class Signature
{
    private readonly byte[] _bytes;
    private readonly byte[] _mask;

    public Signature(string pattern)
    {
        var bytes = new List<byte>();
        var mask = new List<byte>();
        for (var rest = pattern.AsSpan().Trim(); !rest.IsEmpty; rest = rest.TrimStart())
        {
            if (rest[0] == '\'')
            {
                var end = rest[1..].IndexOf('\'');
                foreach (var c in rest.Slice(1, end))
                {
                    bytes.Add((byte)c);
                    mask.Add(0xFF);
                }

                rest = rest[(end + 2)..];
                continue;
            }

            var isAny = rest.StartsWith("??");
            bytes.Add(isAny ? (byte)0 : byte.Parse(rest[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            mask.Add(isAny ? (byte)0 : (byte)0xFF);
            rest = rest[2..];
        }

        (_bytes, _mask) = ([.. bytes], [.. mask]);
    }

    /// <summary>An entry for a protocol whose streams start with one of the patterns, in either direction.</summary>
    public static ProtocolEntry Stream(AppProtocol protocol, params string[] patterns)
    {
        var signatures = patterns.Select(pattern => new Signature(pattern)).ToArray();
        return new ProtocolEntry(protocol) { Stream = (data, _, _) => MatchAny(signatures, data), StreamStart = Starts(signatures) };
    }

    /// <summary>An entry for a protocol whose datagrams start with one of the patterns.</summary>
    /// <param name="protocol">Its number.</param>
    /// <param name="port">A port that one end must have; 0 for any.</param>
    /// <param name="minLength">Shorter datagrams are something else.</param>
    /// <param name="patterns">What they start with.</param>
    public static ProtocolEntry Datagram(AppProtocol protocol, ushort port, int minLength, params string[] patterns)
    {
        var signatures = patterns.Select(pattern => new Signature(pattern)).ToArray();
        return new ProtocolEntry(protocol)
        {
            Datagram = (data, _, flow) =>
                data.Length >= minLength && (port == 0 || flow.HasPort(port)) && MatchAny(signatures, data) == Probe.Yes,
            DatagramStart = Starts(signatures),
        };
    }

    /// <summary>Compares; a prefix of the pattern needs more.</summary>
    public Probe Match(ReadOnlySpan<byte> data)
    {
        var length = Math.Min(data.Length, _bytes.Length);
        for (var i = 0; i < length; i++)
        {
            if ((data[i] & _mask[i]) != _bytes[i])
            {
                return Probe.No;
            }
        }

        return length == _bytes.Length ? Probe.Yes : Probe.NeedMore;
    }

    private static Probe MatchAny(Signature[] signatures, ReadOnlySpan<byte> data)
    {
        var result = Probe.No;
        foreach (var signature in signatures)
        {
            var answer = signature.Match(data);
            if (answer == Probe.Yes)
            {
                return Probe.Yes;
            }

            result = answer == Probe.NeedMore ? answer : result;
        }

        return result;
    }

    private static FirstBytes Starts(Signature[] signatures) =>
        signatures.Any(signature => signature._mask[0] == 0)
            ? FirstBytes.Any
            : FirstBytes.Of([.. signatures.Select(signature => signature._bytes[0])]);
}
