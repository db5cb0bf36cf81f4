using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Feeds;
using MediaSecurityLite.Patterns.Names;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Refuses entries that would hit the wrong ones.</summary>
internal sealed class EntryFilter(SourceList list)
{
    /// <summary>
    /// What no indicator of the internet can be: private, shared, loopback, link-local and multicast addresses. The ranges for
    /// documentation are not among them: the test indicators live there, and nobody else does.
    /// </summary>
    private static readonly AddressPrefix[] NotOnTheInternet =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3",
            "::/96", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(text => AddressPrefix.TryParse(text, out var prefix) ? prefix : throw new FormatException(text)),
    ];

    private readonly HashSet<string> _categories = [.. list.Categories.Select(category => category.Id)];
    private readonly HashSet<string> _accusing = [.. list.Categories.Where(category => category.Security).Select(category => category.Id)];

    /// <summary>Why an entry is refused; null where it is not.</summary>
    public DropReason? Check(in Indicator indicator, PatternLabel label, HitList except)
    {
        if (label.Kind == PatternKind.Category && !_categories.Contains(label.Name))
        {
            return DropReason.Unmapped;
        }

        if (IsTooLong(indicator))
        {
            return DropReason.TooLong;
        }

        if (except.IsHitBy(indicator))
        {
            return DropReason.Excepted;
        }

        if (indicator.Kind is IndicatorKind.Fingerprint or IndicatorKind.File)
        {
            return null;
        }

        var isAccusing = IsAccusation(label);
        if (isAccusing && list.NeverBlock.IsHitBy(indicator))
        {
            return DropReason.NeverBlock;
        }

        if (indicator.Kind is IndicatorKind.Address or IndicatorKind.Endpoint)
        {
            var prefix = indicator.Prefix;
            return Array.Exists(NotOnTheInternet, range => range.Overlaps(prefix)) ? DropReason.PrivateAddress : null;
        }

        return indicator.Path.Length == 0 && IsShared(indicator.Text, isAccusing) ? DropReason.PublicSuffix : null;
    }

    /// <summary>Whether a label says that something is bad.</summary>
    public bool IsAccusation(PatternLabel label) =>
        label.Kind is PatternKind.CommandAndControl or PatternKind.Malware || (label.Kind == PatternKind.Category && _accusing.Contains(label.Name));

    private static bool IsTooLong(in Indicator indicator)
    {
        if (indicator.Kind == IndicatorKind.Name)
        {
            return indicator.Text.AsSpan().Count('.') >= KeyShape.MaxDepth;
        }

        return indicator.Kind == IndicatorKind.Url && indicator.Text.Length + indicator.Path.Length > KeyShape.MaxUrl;
    }

    /// <summary>
    /// A registry's suffix never stands for one site. An operator's may be a category (dynamic DNS, web hosting), but it cannot
    /// be accused of what one customer does.
    /// </summary>
    private bool IsShared(string name, bool isAccusing) => list.PublicSuffixes.Kind(name) switch
    {
        PublicSuffix.Registry => true,
        PublicSuffix.Operator => isAccusing,
        _ => false,
    };
}
