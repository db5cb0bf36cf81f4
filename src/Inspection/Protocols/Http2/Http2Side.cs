namespace MediaSecurityLite.Inspection.Protocols.Http2;

/// <summary>Where one direction of a connection stands within its frames.</summary>
internal sealed class Http2Side(byte[] scratch)
{
    /// <summary>A header block over several frames; more than this no server takes.</summary>
    private const int MaxBlock = 64 << 10;

    public HpackDecoder Headers { get; } = new(scratch);

    /// <summary>The parts of a header block that is not whole yet.</summary>
    public KeptField Block { get; } = new(MaxBlock);

    /// <summary>The frame with which that block began; null where none is open.</summary>
    public Http2Frame? BlockFrame { get; set; }

    /// <summary>Bytes of the current frame's payload still to come.</summary>
    public int PayloadLeft { get; set; }

    /// <summary>The last of them that are padding.</summary>
    public int Padding { get; set; }

    /// <summary>The stream whose body they are; null where they are passed over.</summary>
    public Http2Stream? Body { get; set; }

    /// <summary>The body ends with this frame.</summary>
    public bool IsLast { get; set; }

    /// <summary>The client's preface was seen (RFC 9113, 3.4).</summary>
    public bool HasPreface { get; set; }

    public void Reset()
    {
        Headers.Reset();
        Block.Clear();
        BlockFrame = null;
        PayloadLeft = Padding = 0;
        Body = null;
        IsLast = HasPreface = false;
    }
}
