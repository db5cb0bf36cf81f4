using System.Security.Cryptography;
using System.Text;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Quic;

/// <summary>Makes QUIC packets as a client does, with the framework's own key derivation and ciphers.</summary>
internal static class QuicBytes
{
    public const uint V1 = 1;
    public const uint V2 = 0x6B33_43CF;
    public const uint Draft29 = 0xFF00_001D;

    public static readonly byte[] ConnectionId = [0x83, 0x94, 0xC8, 0xF0, 0x3E, 0x51, 0x57, 0x08];

    private static readonly Dictionary<uint, string> Salts = new()
    {
        [V1] = "38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
        [V2] = "0dede3def700a6db819381be6e269dcbf9bd2ed9",
        [Draft29] = "afbfec289993d24c9e9786f19c6111e04390a899",
    };

    public static byte[] Crypto(int offset, byte[] data) => [6, .. Integer(offset), .. Integer(data.Length), .. data];

    /// <summary>A message in CRYPTO frames of a few bytes each.</summary>
    public static byte[][] CryptoPieces(byte[] message, int length) =>
        [.. message.Chunk(length).Select((piece, index) => Crypto(index * length, piece))];

    public static byte[] Integer(int value) => value < 64
        ? [(byte)value]
        : value < 16384
            ? [(byte)(0x40 | (value >> 8)), (byte)value]
            : [(byte)(0x80 | (value >> 24)), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>A protected Initial packet, padded as a client must where it stands alone.</summary>
    public static byte[] Initial(byte[] frames, uint version = V1, byte[]? id = null, int packetNumber = 0, int size = 1200, byte[]? token = null)
    {
        const int PacketNumberLength = 2;
        id ??= ConnectionId;
        token ??= [];
        var typeBits = version == V2 ? 0x10 : 0x00;
        byte[] start = [(byte)(0xC0 | typeBits | (PacketNumberLength - 1)), (byte)(version >> 24), (byte)(version >> 16), (byte)(version >> 8), (byte)version,
            (byte)id.Length, .. id, 4, 1, 2, 3, 4, .. Integer(token.Length), .. token];
        var padding = Math.Max(0, size - start.Length - 2 - PacketNumberLength - frames.Length - 16);
        byte[] plain = [.. frames, .. new byte[padding]];
        var length = PacketNumberLength + plain.Length + 16;
        byte[] header = [.. start, (byte)(0x40 | (length >> 8)), (byte)length, (byte)(packetNumber >> 8), (byte)packetNumber];
        return Protect(header, plain, version, id, packetNumber);
    }

    public static byte[] Retry(uint version, byte[] id) =>
        [(byte)(version == V2 ? 0xC0 : 0xF0), (byte)(version >> 24), (byte)(version >> 16), (byte)(version >> 8), (byte)version, 4, 1, 2, 3, 4, (byte)id.Length, .. id, .. new byte[60]];

    /// <summary>Google's hello: tags in order, then their values.</summary>
    public static byte[] GoogleHello(params (string Tag, string Value)[] entries)
    {
        List<byte> table = [.. "CHLO"u8, (byte)entries.Length, 0, 0, 0];
        List<byte> values = [];
        foreach (var (tag, value) in entries)
        {
            values.AddRange(Encoding.ASCII.GetBytes(value));
            table.AddRange(Encoding.ASCII.GetBytes(tag.PadRight(4, '\0')));
            table.AddRange(BitConverter.GetBytes(values.Count));
        }

        return [.. table, .. values];
    }

    private static byte[] Protect(byte[] header, byte[] plain, uint version, byte[] id, int packetNumber)
    {
        var initial = HKDF.Extract(HashAlgorithmName.SHA256, id, Convert.FromHexString(Salts[version]));
        var client = Expand(initial, "client in", 32);
        var prefix = version == V2 ? "quicv2 " : "quic ";
        var nonce = Expand(client, prefix + "iv", 12);
        (nonce[10], nonce[11]) = ((byte)(nonce[10] ^ (packetNumber >> 8)), (byte)(nonce[11] ^ packetNumber));

        var cipher = new byte[plain.Length];
        var tag = new byte[16];
        using var gcm = new AesGcm(Expand(client, prefix + "key", 16), 16);
        gcm.Encrypt(nonce, plain, cipher, tag, header);
        byte[] packet = [.. header, .. cipher, .. tag];

        using var aes = Aes.Create();
        aes.Key = Expand(client, prefix + "hp", 16);
        var numberOffset = header.Length - 2;
        var mask = aes.EncryptEcb(packet.AsSpan(numberOffset + 4, 16), PaddingMode.None);
        packet[0] ^= (byte)(mask[0] & 0x0F);
        packet[numberOffset] ^= mask[1];
        packet[numberOffset + 1] ^= mask[2];
        return packet;
    }

    private static byte[] Expand(byte[] secret, string label, int length)
    {
        var name = Encoding.ASCII.GetBytes("tls13 " + label);
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length, [0, (byte)length, (byte)name.Length, .. name, 0]);
    }
}
