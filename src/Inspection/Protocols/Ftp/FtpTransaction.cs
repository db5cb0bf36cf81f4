using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ftp;

/// <summary>A command and what the server answered.</summary>
internal sealed class FtpTransaction
{
    /// <summary>Its place on the connection, counting from 0.</summary>
    public int Number { get; set; }

    public FtpVerb Verb { get; set; }

    /// <summary>As sent; empty for what the server says by itself.</summary>
    public KeptField Command { get; } = new(16);

    public KeptField Argument { get; } = new(1024);

    /// <summary>Codes of the reply's lines.</summary>
    public KeptList Codes { get; } = new(maxItems: 128, maxBytes: 512);

    /// <summary>Texts of the reply's lines.</summary>
    public KeptList Replies { get; } = new(maxItems: 128, maxBytes: 8192);

    /// <summary>The port that command or reply named for a data connection; 0 for none.</summary>
    public ushort DataPort { get; set; }

    /// <summary>The server connects to the client.</summary>
    public bool IsActive { get; set; }

    public bool IsAnswered { get; set; }

    public void Clear()
    {
        Verb = FtpVerb.None;
        Command.Clear();
        Argument.Clear();
        Codes.Clear();
        Replies.Clear();
        DataPort = 0;
        IsActive = IsAnswered = false;
    }
}
