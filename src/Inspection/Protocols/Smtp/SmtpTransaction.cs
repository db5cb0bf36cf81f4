using MediaSecurityLite.Inspection.Protocols.Mime;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Protocols.Smtp;

/// <summary>One mail on its way: who sends it to whom, and what its own header says (RFC 5321, 3.3).</summary>
internal sealed class SmtpTransaction
{
    /// <summary>Its place on the connection, counting from 0.</summary>
    public int Number { get; set; }

    /// <summary>Name by which the client greeted.</summary>
    public KeptField Hello { get; } = new(255);

    /// <summary>With its angle brackets.</summary>
    public KeptField Sender { get; } = new(1024);

    public bool HasSender { get; set; }

    /// <summary>With their angle brackets; RFC 5321, 4.5.3.1.8 asks for 100 at least.</summary>
    public KeptList Recipients { get; } = new(maxItems: 256, maxBytes: 32 << 10);

    /// <summary>The text of the mail; null if none was sent.</summary>
    public EmailMessage? Message { get; set; }

    /// <summary>The server refused the sender: another MAIL command starts anew.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Something was asked for.</summary>
    public bool IsOpen => HasSender || Recipients.Count > 0;

    public void Clear()
    {
        Sender.Clear();
        Recipients.Clear();
        Message = null;
        HasSender = IsRefused = false;
    }
}
