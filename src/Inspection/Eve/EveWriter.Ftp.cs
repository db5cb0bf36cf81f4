using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ftp;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about FTP commands and transfers. Passwords are not written.</content>
internal sealed partial class EveWriter
{
    public void Ftp(Flow flow, FtpTransaction transaction, long now)
    {
        Begin("ftp"u8, flow, now);
        Field(",\"tx_id\":"u8, transaction.Number);
        _json.Raw(",\"ftp\":{"u8);
        if (transaction.Command.Length > 0)
        {
            Field("\"command\":"u8, transaction.Command.Value);
            var isSecret = transaction.Verb == FtpVerb.Secret && transaction.Argument.Length > 0;
            OptionalField(",\"command_data\":"u8, isSecret ? "***"u8 : transaction.Argument.Value);
            _json.Raw(","u8);
        }

        if (transaction.Codes.Count > 0)
        {
            List("\"completion_code\":["u8, transaction.Codes);
            _json.Raw(","u8);
        }

        if (transaction.IsAnswered)
        {
            List("\"reply\":["u8, transaction.Replies);
            _json.Raw(","u8);
        }

        if (transaction.DataPort != 0)
        {
            Field("\"dynamic_port\":"u8, transaction.DataPort);
            _json.Raw(transaction.IsActive ? ",\"mode\":\"active\","u8 : ","u8);
        }

        _json.Raw(transaction.IsAnswered ? "\"reply_received\":\"yes\""u8 : "\"reply_received\":\"no\""u8);
        _json.Raw(transaction.Replies.LeftOut > 0 ? ",\"reply_truncated\":true}"u8 : ",\"reply_truncated\":false}"u8);
        End();
    }

    public void FtpData(Flow flow, FtpDataParser transfer, long now)
    {
        Begin("ftp_data"u8, flow, now);
        Field(",\"ftp_data\":{\"filename\":"u8, transfer.FileName.Value);
        Field(",\"command\":"u8, transfer.Command.Value);
        _json.Raw("}"u8);
        End();
    }
}
