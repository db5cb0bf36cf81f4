using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>
/// A mail's content as HTML for mail programs: one column, styles inline, nothing loaded from elsewhere. Every text passes
/// through <see cref="E"/>.
/// </summary>
internal static class MailHtmlBody
{
    // Leaves Japanese readable and escapes all that has a meaning in HTML.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(MailContent content, string language)
    {
        var (strong, pale) = content.Tone switch
        {
            MailTone.Urgent => ("#b3261e", "#fdecea"),
            MailTone.Warning => ("#8a5200", "#fff4e0"),
            _ => ("#1b6e3a", "#e7f5ec"),
        };
        const string font = "font-family:'Hiragino Sans','Noto Sans JP','Noto Sans CJK JP','Yu Gothic',Meiryo,sans-serif";
        return $"""
            <!DOCTYPE html>
            <html lang="{E(language)}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light">
            <title>{E(content.Subject)}</title>
            </head>
            <body style="margin:0;padding:16px 8px;background:#eef1f4;color:#1d2733;{font};font-size:16px;line-height:1.75">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;margin:0 auto;background:#ffffff;border-radius:8px;overflow:hidden">
            <tr><td style="background:{strong};color:#ffffff;padding:20px 24px">
            <div style="font-size:13px;line-height:1.4">{E(content.Footer)}</div>
            <h1 style="margin:4px 0 0;font-size:21px;line-height:1.45">{E(content.Heading)}</h1>
            </td></tr>
            <tr><td style="padding:20px 24px 28px">
            <p style="margin:0 0 12px">{E(content.Greeting)}</p>
            <p style="margin:0 0 16px">{E(content.Lead)}</p>
            {Facts(content)}
            {Heading(content.DoneHeading)}
            <p style="margin:0;padding:10px 14px;border-left:4px solid {strong};background:{pale}">{E(content.Done)}</p>
            {Heading(content.StepsHeading)}
            <ol style="margin:0;padding-left:26px">{Steps(content)}</ol>
            {Heading(content.ContactHeading)}
            <p style="margin:0">{string.Join("<br>", content.Contact.Select(E))}</p>
            </td></tr>
            </table>
            </body>
            </html>

            """;
    }

    private static string Facts(MailContent content)
    {
        var rows = new StringBuilder("""<table width="100%" cellpadding="0" cellspacing="0" style="border-top:1px solid #d5dbe1">""");
        foreach (var (label, value) in content.Facts)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"""
                <tr><th scope="row" align="left" valign="top" style="width:32%;padding:7px 12px 7px 0;border-bottom:1px solid #d5dbe1;color:#4a5866;font-size:14px;font-weight:normal">{E(label)}</th><td valign="top" style="padding:7px 0;border-bottom:1px solid #d5dbe1;word-break:break-word;overflow-wrap:anywhere;font-weight:bold">{E(value)}</td></tr>
                """);
        }

        return rows.Append("</table>").ToString();
    }

    private static string Steps(MailContent content) =>
        string.Concat(content.Steps.Select(step => $"""<li style="margin:0 0 6px">{E(step)}</li>"""));

    private static string Heading(string text) => $"""<h2 style="margin:24px 0 8px;font-size:17px;line-height:1.5">{E(text)}</h2>""";

    private static string E(string text) => Encoder.Encode(text);
}
