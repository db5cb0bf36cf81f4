using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Feeds;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>
/// Names and addresses that an entry must not hit. An entry hits a name when it is that name or a parent of it; entries below
/// it are no hit: on a host that everybody uses, one customer's name may well be a C&amp;C server.
/// </summary>
internal sealed class HitList
{
    private readonly HashSet<string> _names = [];
    private readonly HashSet<IpAddress> _addresses = [];
    private readonly List<AddressPrefix> _prefixes = [];

    /// <summary>Adds the entries of a list: names, addresses, prefixes, <c>#</c> comments.</summary>
    /// <param name="path">The list.</param>
    /// <param name="strict">Whether an entry of another form is a fault; exceptions of feeds hold all sorts.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public List<string> Read(string path, bool strict)
    {
        var faults = new List<string>();
        using var stream = File.OpenRead(path);
        var lines = new LineReader(stream);
        while (lines.TryRead(out var line))
        {
            var text = line.Text.AsSpan();
            var comment = text.IndexOf('#');
            text = (comment < 0 ? text : text[..comment]).Trim();
            if ((!text.IsEmpty || line.Fault is not null) && !TryAdd(text) && strict)
            {
                faults.Add($"{path}:{line.Number}: '{text}' is neither a name nor an address");
            }
        }

        return faults;
    }

    public bool IsHitBy(in Indicator indicator) => indicator.Kind switch
    {
        IndicatorKind.Name => _names.Contains(indicator.Text),
        IndicatorKind.Url => indicator.Path.Length == 0 && _names.Contains(indicator.Text),
        _ => IsHitBy(indicator.Prefix),
    };

    private bool IsHitBy(AddressPrefix prefix)
    {
        if (prefix.IsSingle && _addresses.Contains(prefix.First))
        {
            return true;
        }

        return _prefixes.Exists(prefix.Overlaps) || (!prefix.IsSingle && _addresses.Any(prefix.Contains));
    }

    private bool TryAdd(ReadOnlySpan<char> text)
    {
        if (IndicatorParser.Parse(text, out var indicator) is not null)
        {
            return false;
        }

        if (indicator.Kind == IndicatorKind.Address)
        {
            if (indicator.Prefix.IsSingle)
            {
                _addresses.Add(indicator.Prefix.First);
            }
            else
            {
                _prefixes.Add(indicator.Prefix);
            }

            return true;
        }

        for (var name = indicator.Text; indicator.Kind == IndicatorKind.Name; name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            _names.Add(name);
            if (!name.Contains('.', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
