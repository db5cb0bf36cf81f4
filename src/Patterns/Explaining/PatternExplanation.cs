using System.Globalization;
using System.Resources;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Explaining;

/// <summary>Says in one sentence which entry of which source of which pack decides about a name, address, URL, fingerprint or file.</summary>
public sealed class PatternExplanation
{
    private static readonly ResourceManager Texts = new("MediaSecurityLite.Patterns.Explaining.Texts", typeof(PatternExplanation).Assembly);

    private readonly PatternSet _set;
    private readonly string _language;
    private readonly CultureInfo _culture;

    /// <param name="set">The packs in force.</param>
    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    public PatternExplanation(PatternSet set, string language)
    {
        _set = set;
        _language = language;
        _culture = CultureInfo.GetCultureInfo(language);
    }

    /// <summary>One sentence per finding; one that says so where there is none.</summary>
    public IReadOnlyList<string> Of(PatternQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var findings = query.Find(_set);
        return findings.Count == 0
            ? [Format("Nothing", query.Text, _set.Version)]
            : [.. findings.Select(finding => Of(query, finding))];
    }

    /// <summary>The sentence for one finding.</summary>
    public string Of(PatternQuery query, PatternFinding finding)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(finding);
        return Format(
            query.IsHash ? "Hash" : finding.Label.Kind.ToString(), query.Text, NameOf(finding.Label), finding.PackVersion, finding.Source?.Title ?? finding.Label.Source, finding.Entry);
    }

    /// <summary>What people call an application or category; families keep their id.</summary>
    public string NameOf(PatternLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var name = label.Kind switch
        {
            PatternKind.Application => _set.Catalogue.Application(label.Name)?.Name,
            PatternKind.Category => _set.Catalogue.Category(label.Name)?.Name,
            _ => null,
        };
        return name is null ? label.Name : $"{name.In(_language)} ({label.Name})";
    }

    private string Format(string key, params object[] values) => string.Format(_culture, Texts.GetString(key, _culture)!, values);
}
