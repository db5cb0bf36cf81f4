namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>The words and bytes of one command in a message of SMB1, as far as the message holds them.</summary>
internal readonly ref struct Smb1Block
{
    public Smb1Block(ReadOnlySpan<byte> message, int offset)
    {
        Message = message;
        Words = SmbBytes.Slice(message, offset + 1, message[offset] * 2);
        BytesOffset = offset + 1 + (message[offset] * 2) + 2;
        Bytes = SmbBytes.Slice(message, BytesOffset, SmbBytes.U16(message, BytesOffset - 2));
    }

    public ReadOnlySpan<byte> Message { get; }

    public ReadOnlySpan<byte> Words { get; }

    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Where the bytes start in the message.</summary>
    public int BytesOffset { get; }
}
