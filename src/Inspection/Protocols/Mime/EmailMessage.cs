using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>What a mail's own header says (RFC 5322, 3.6), and which files it carries.</summary>
internal sealed class EmailMessage
{
    public KeptField From { get; } = new(512);

    /// <summary>Addresses as written, with commas between.</summary>
    public KeptField To { get; } = new(4096);

    public KeptField Cc { get; } = new(4096);

    /// <summary>UTF-8, encoded words resolved.</summary>
    public KeptField Subject { get; } = new(1024);

    /// <summary>Names of the files it carries.</summary>
    public KeptList Attachments { get; } = new(maxItems: 64, maxBytes: 8192);

    /// <summary>Its header was seen to the end.</summary>
    public bool HasBody { get; set; }

    /// <summary>It was seen to its end.</summary>
    public bool IsComplete { get; set; }

    public void Clear()
    {
        From.Clear();
        To.Clear();
        Cc.Clear();
        Subject.Clear();
        Attachments.Clear();
        HasBody = IsComplete = false;
    }
}
