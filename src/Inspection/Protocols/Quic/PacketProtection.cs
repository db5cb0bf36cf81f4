using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MediaSecurityLite.Inspection.Protocols.Quic;

/// <summary>Takes the protection off Initial packets (RFC 9001, 5.3 and 5.4). One per inspector: its memory is used for each packet anew.</summary>
internal sealed class PacketProtection
{
    private const int TagLength = 16;
    private const int SampleLength = 16;
    private const int MaxPacketNumberLength = 4;

    /// <summary>Header and payload of the packet at hand; grows to the largest that was met, 64 KiB at most.</summary>
    private byte[] _plain = new byte[2048];

    private byte[] _again = new byte[2048];

    private readonly Aes _headerCipher = Aes.Create();

    /// <summary>Decrypts a packet.</summary>
    /// <param name="packet">The packet as received.</param>
    /// <param name="packetNumberOffset">Where the packet number stands.</param>
    /// <param name="keys">The keys of its sender.</param>
    /// <param name="payload">Its frames, valid until the next call.</param>
    /// <returns>False if it was not protected with these keys, or is too short to be.</returns>
    public bool TryRemove(ReadOnlySpan<byte> packet, int packetNumberOffset, scoped in InitialKeys keys, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (packet.Length < packetNumberOffset + MaxPacketNumberLength + SampleLength)
        {
            return false;
        }

        if (_plain.Length < packet.Length)
        {
            _plain = new byte[Math.Max(packet.Length, 2 * _plain.Length)];
            _again = new byte[_plain.Length];
        }

        var headerLength = RevealHeader(packet, packetNumberOffset, keys, out var packetNumber);
        var payloadLength = packet.Length - headerLength - TagLength;
        if (payloadLength <= 0)
        {
            return false;
        }

        // The sender's numbers start at 0 and a client's hello takes a few packets: the number is not cut yet.
        Span<byte> nonce = stackalloc byte[InitialKeys.NonceLength];
        keys.Nonce.CopyTo(nonce);
        var end = nonce[^sizeof(uint)..];
        BinaryPrimitives.WriteUInt32BigEndian(end, BinaryPrimitives.ReadUInt32BigEndian(end) ^ packetNumber);

        var plain = _plain.AsSpan(headerLength, payloadLength);
        if (!TryDecrypt(keys.Key, nonce, packet[headerLength..^TagLength], packet[^TagLength..], plain, _plain.AsSpan(0, headerLength)))
        {
            return false;
        }

        payload = plain;
        return true;
    }

    /// <summary>Writes the header in clear to the front of <see cref="_plain"/>.</summary>
    /// <returns>Its length with the packet number.</returns>
    private int RevealHeader(ReadOnlySpan<byte> packet, int packetNumberOffset, scoped in InitialKeys keys, out uint packetNumber)
    {
        Span<byte> mask = stackalloc byte[SampleLength];
        _headerCipher.SetKey(keys.HeaderKey);
        _headerCipher.EncryptEcb(packet.Slice(packetNumberOffset + MaxPacketNumberLength, SampleLength), mask, PaddingMode.None);

        const int ProtectedBitsOfLongHeader = 0x0F;
        packet[..(packetNumberOffset + MaxPacketNumberLength)].CopyTo(_plain);
        _plain[0] ^= (byte)(mask[0] & ProtectedBitsOfLongHeader);
        var length = (_plain[0] & 3) + 1;
        packetNumber = 0;
        for (var i = 0; i < length; i++)
        {
            packetNumber = (packetNumber << 8) | (_plain[packetNumberOffset + i] ^= mask[1 + i]);
        }

        return packetNumberOffset + length;
    }

    /// <summary>
    /// Decrypts and verifies without the exception that the framework answers a wrong key with: counter mode deciphers by
    /// enciphering, and enciphering the result again yields the tag that the packet must carry.
    /// </summary>
    private bool TryDecrypt(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> associated)
    {
        Span<byte> expected = stackalloc byte[TagLength];
        using var gcm = new AesGcm(key, TagLength);
        gcm.Encrypt(nonce, cipher, plain, expected);
        gcm.Encrypt(nonce, plain, _again.AsSpan(0, plain.Length), expected, associated);
        return expected.SequenceEqual(tag);
    }
}
