using System.Net;
using System.Text.RegularExpressions;

namespace MediaSecurityLite.Lab.Product;

/// <summary>One table row or incident of the centre's page, as a reader sees it: text without markup, and the moments in it.</summary>
internal sealed partial record PageRow(string Text, IReadOnlyList<DateTimeOffset> Times)
{
    public static IReadOnlyList<PageRow> ReadAll(string html) => [.. Rows().Matches(html).Select(match => Read(match.Value))];

    private static PageRow Read(string html) => new(
        Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(html, " ")), " ").Trim(),
        [.. Moments().Matches(html).Select(match => DateTimeOffset.Parse(match.Groups[1].Value, null))]);

    [GeneratedRegex("<tr[ >].*?</tr>|<li class=\"incident.*?</dl>", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("""datetime="([^"]+)""")]
    private static partial Regex Moments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
