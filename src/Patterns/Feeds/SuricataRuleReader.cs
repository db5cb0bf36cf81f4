using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Rules for Suricata, carried as they are for the rule engine. Here only their frame is checked: an action, a body in
/// parentheses, a signature id. A backslash at a line's end joins the next line to it.
/// </summary>
internal sealed class SuricataRuleReader : FileFeedReader
{
    private static readonly FrozenSet<string> Actions = FrozenSet.Create(
        "alert", "pass", "drop", "reject", "rejectsrc", "rejectdst", "rejectboth", "config");

    protected override void ReadFile(FeedFile file, IFeedSink sink)
    {
        using var stream = file.Open();
        var lines = new LineReader(stream);
        var rule = new StringBuilder();
        var first = 0;
        while (lines.TryRead(out var line))
        {
            first = rule.Length == 0 ? line.Number : first;
            if (line.Fault is { } fault)
            {
                sink.Drop(fault, file.Line(line.Number), "");
                rule.Clear();
                continue;
            }

            var goesOn = line.Text.EndsWith('\\');
            rule.Append(goesOn ? line.Text.AsSpan()[..^1].TrimEnd() : line.Text);
            if (goesOn && rule.Length <= LineReader.MaxLine)
            {
                rule.Append(' ');
                continue;
            }

            Take(rule.ToString(), file.Line(first), sink);
            rule.Clear();
        }

        Take(rule.ToString(), file.Line(first), sink);
    }

    private static void Take(string rule, FeedPlace place, IFeedSink sink)
    {
        if (rule.Length == 0 || rule[0] == '#')
        {
            return;
        }

        var end = rule.IndexOf(' ', StringComparison.Ordinal);
        if (rule.Length > LineReader.MaxLine)
        {
            sink.Drop(DropReason.TooLong, place, rule);
        }
        else if (end < 0 || !Actions.Contains(rule[..end]) || !rule.EndsWith(')') || !rule.Contains('(', StringComparison.Ordinal) || Id(rule) is not { } id)
        {
            sink.Drop(DropReason.Malformed, place, rule);
        }
        else
        {
            sink.AddRule(id, rule, place);
        }
    }

    /// <summary>The signature id. Outside of strings, where <c>sid:</c> may stand as text.</summary>
    private static long? Id(string rule)
    {
        var isQuoted = false;
        for (var i = 0; i < rule.Length; i++)
        {
            if (rule[i] == '"' && rule[i - 1] != '\\')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && rule[i] is 's' && rule.AsSpan(i).StartsWith("sid:") && (rule[i - 1] is ' ' or ';' or '('))
            {
                var text = rule.AsSpan(i + 4);
                var stop = text.IndexOf(';');
                return stop > 0 && long.TryParse(text[..stop].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
            }
        }

        return null;
    }
}
