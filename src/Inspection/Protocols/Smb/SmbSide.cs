namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>Where one direction of an SMB connection stands. A message may be a chain of commands, and hold a piece of a file.</summary>
internal sealed class SmbSide
{
    private static ReadOnlySpan<byte> Version2Name => [SmbFrame.Version2, (byte)'S', (byte)'M', (byte)'B'];

    private SmbTransfer? _target;
    private int _turn;

    /// <summary>Bytes of the message to come.</summary>
    public int MessageLeft { get; private set; }

    /// <summary>Bytes of the command in the message to come.</summary>
    public int CommandLeft { get; private set; }

    /// <summary>Bytes to pass over before the data.</summary>
    public int BeforeData { get; private set; }

    /// <summary>Bytes of a file to come.</summary>
    public int DataLeft { get; private set; }

    /// <summary>It is not known where messages start.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The file of the command before in the same chain.</summary>
    public SmbFileId ChainFile { get; set; }

    /// <summary>A message starts.</summary>
    public void StartMessage(int length, bool isRead)
    {
        MessageLeft = length;
        CommandLeft = isRead ? 0 : length;
        ChainFile = SmbFileId.Related;
    }

    /// <summary>A command starts that holds no data.</summary>
    public void StartCommand(int length) => CommandLeft = length;

    /// <summary>The command that has started holds data for a file.</summary>
    public void StartData(SmbTransfer target, int offset, long length)
    {
        _target = target;
        _turn = target.Turn;
        BeforeData = Math.Min(offset, CommandLeft);
        DataLeft = (int)Math.Min(length, CommandLeft - BeforeData);
    }

    /// <summary>Takes what belongs to the command that has started.</summary>
    public void TakeCommand(ref ReadOnlySpan<byte> data)
    {
        var length = Math.Min(data.Length, BeforeData > 0 ? BeforeData : DataLeft > 0 ? DataLeft : CommandLeft);
        if (BeforeData == 0 && DataLeft > 0 && _target!.Turn == _turn)
        {
            _target.Append(data[..length]);
        }

        Pass(length);
        data = data[length..];
    }

    /// <summary>Bytes are missing: within a message its rest is still known, behind it the next one is searched.</summary>
    public void Skip(long length)
    {
        if (length > CommandLeft)
        {
            IsLost = true;
        }

        while (length > 0 && CommandLeft > 0)
        {
            var part = (int)Math.Min(length, BeforeData > 0 ? BeforeData : DataLeft > 0 ? DataLeft : CommandLeft);
            if (BeforeData == 0 && DataLeft > 0 && _target!.Turn == _turn)
            {
                _target.Skip(part);
            }

            Pass(part);
            length -= part;
        }

        MessageLeft = IsLost ? 0 : MessageLeft;
    }

    /// <summary>Searches the start of a message of SMB2.</summary>
    /// <returns>False until more bytes come.</returns>
    public bool TryFindMessage(ref ReadOnlySpan<byte> data)
    {
        while (true)
        {
            var name = data.IndexOf(Version2Name);
            if (name < 0)
            {
                data = data[Math.Max(0, data.Length - SmbFrame.HeaderLength - Version2Name.Length + 1)..];
                return false;
            }

            if (name >= SmbFrame.HeaderLength && data[name - SmbFrame.HeaderLength] == SmbFrame.Message)
            {
                data = data[(name - SmbFrame.HeaderLength)..];
                IsLost = false;
                return true;
            }

            data = data[(name + Version2Name.Length)..];
        }
    }

    public void Reset()
    {
        _target = null;
        MessageLeft = CommandLeft = BeforeData = DataLeft = 0;
        IsLost = false;
        ChainFile = SmbFileId.Related;
    }

    private void Pass(int length)
    {
        if (BeforeData > 0)
        {
            BeforeData -= length;
        }
        else if (DataLeft > 0)
        {
            DataLeft -= length;
        }

        CommandLeft -= length;
        MessageLeft -= length;
    }
}
