using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Mime;
using MediaSecurityLite.Inspection.Protocols.Smtp;
using MediaSecurityLite.Inspection.Protocols.Text;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about mail.</content>
internal sealed partial class EveWriter
{
    public void Smtp(Flow flow, SmtpTransaction mail, long now)
    {
        Begin("smtp"u8, flow, now);
        Field(",\"tx_id\":"u8, mail.Number);
        _json.Raw(",\"smtp\":{"u8);
        var hasField = mail.Hello.Length > 0;
        if (hasField)
        {
            Field("\"helo\":"u8, mail.Hello.Value);
        }

        if (mail.HasSender)
        {
            Field(hasField ? ",\"mail_from\":"u8 : "\"mail_from\":"u8, mail.Sender.Value);
            hasField = true;
        }

        if (mail.Recipients.Count > 0)
        {
            List(hasField ? ",\"rcpt_to\":["u8 : "\"rcpt_to\":["u8, mail.Recipients);
        }

        _json.Raw("}"u8);
        if (mail.Message is { } message)
        {
            Email(message);
        }

        End();
    }

    private void Email(EmailMessage message)
    {
        Field(",\"email\":{\"status\":"u8, message.IsComplete ? "PARSE_DONE"u8 : message.HasBody ? "BODY_STARTED"u8 : "HEADER_STARTED"u8);
        OptionalField(",\"from\":"u8, message.From.Value);
        MailAddresses(",\"to\":["u8, message.To.Value);
        MailAddresses(",\"cc\":["u8, message.Cc.Value);
        OptionalField(",\"subject\":"u8, message.Subject.Value);
        if (message.Attachments.Count > 0)
        {
            List(",\"attachment\":["u8, message.Attachments);
        }

        _json.Raw("}"u8);
    }

    private void List(ReadOnlySpan<byte> prefix, KeptList list)
    {
        _json.Raw(prefix);
        for (var i = 0; i < list.Count; i++)
        {
            Field(i == 0 ? default : ","u8, list[i]);
        }

        _json.Raw("]"u8);
    }

    /// <summary>Addresses with commas between; those within quotes separate nothing.</summary>
    private void MailAddresses(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            return;
        }

        _json.Raw(prefix);
        var isFirst = true;
        var isQuoted = false;
        var start = 0;
        for (var i = 0; i <= list.Length; i++)
        {
            isQuoted ^= i < list.Length && list[i] == '"';
            if (i == list.Length || (list[i] == ',' && !isQuoted))
            {
                Field(isFirst ? default : ","u8, list[start..i].Trim(" \t"u8));
                isFirst = false;
                start = i + 1;
            }
        }

        _json.Raw("]"u8);
    }
}
