using System.Globalization;
using System.Net;
using System.Resources;
using System.Text;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Enforcement.Effects;

/// <summary>What a browser shows instead of a blocked page: what, why, and whom to ask; in Japanese, then in English.</summary>
internal static class BlockPage
{
    private static readonly ResourceManager Texts = new("MediaSecurityLite.Enforcement.Effects.BlockPageText", typeof(BlockPage).Assembly);

    /// <summary>The whole HTTP response. It carries nothing that a page of the blocked name could use.</summary>
    /// <param name="detection">What decided.</param>
    /// <param name="contact">Whom to ask; empty for the administrator.</param>
    public static byte[] Response(Detection detection, string contact)
    {
        var body = Encoding.UTF8.GetBytes(Html(detection, contact));
        var head = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {body.Length}\r\n"
            + "Cache-Control: no-store\r\nConnection: close\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n\r\n");
        return [.. head, .. body];
    }

    private static string Html(Detection detection, string contact) => $$"""
        <!doctype html>
        <html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Text("Title", "ja")}} / {{Text("Title", "en")}}</title>
        <style>body{font:16px/1.7 sans-serif;max-width:40em;margin:10vh auto;padding:0 1em;color:#222}h1{font-size:1.4em;border-left:.3em solid #b00020;padding-left:.5em}code{word-break:break-all}section+section{margin-top:3em}</style>
        </head><body>
        {{Section(detection, contact, "ja")}}
        {{Section(detection, contact, "en")}}
        </body></html>

        """;

    private static string Section(Detection detection, string contact, string language) => $"""
        <section lang="{language}"><h1>{Text("Title", language)}</h1>
        <p><code>{Encode(detection.Host ?? detection.Remote.ToString())}</code></p>
        <p>{string.Format(CultureInfo.InvariantCulture, Text(detection.Kind.ToString(), language), Encode(detection.Name ?? detection.Rule))}</p>
        <p>{(contact.Length > 0 ? string.Format(CultureInfo.InvariantCulture, Text("AskContact", language), Encode(contact)) : Text("AskAdministrator", language))}</p></section>
        """;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Text(string name, string language) =>
        Texts.GetString($"{name}_{language}", CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException($"{name}_{language}");
}
