using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Ssh;

/// <summary>
/// The offer of algorithms (RFC 4253, 7.1): <c>| 20 | cookie 16 | name lists with length 4 each | … |</c>. HASSH puts four of
/// them together: key exchange, and the cipher, MAC and compression of the side's own direction.
/// </summary>
internal static class SshAlgorithms
{
    private const int FirstList = 17;

    public static bool TryRead(ReadOnlySpan<byte> payload, Direction direction, KeptField algorithms)
    {
        // kex, host key, cipher to server, to client, MAC to server, to client, compression to server, to client
        const int Lists = 8;
        algorithms.Clear();
        var isServer = direction == Direction.ToClient;
        var rest = payload.Length < FirstList ? default : payload[FirstList..];
        for (var number = 0; number < Lists; number++)
        {
            if (rest.Length < 4 || BinaryPrimitives.ReadUInt32BigEndian(rest) is var length && length > rest.Length - 4)
            {
                algorithms.Clear();
                return false;
            }

            if (number == 0 || (number >= 2 && number % 2 == (isServer ? 1 : 0)))
            {
                algorithms.Append(number == 0 ? default : ";"u8);
                algorithms.Append(rest.Slice(4, (int)length));
            }

            rest = rest[(4 + (int)length)..];
        }

        return true;
    }
}
