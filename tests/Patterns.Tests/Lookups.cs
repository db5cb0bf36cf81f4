using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Patterns.Tests;

/// <summary>Lookups with text, for tests.</summary>
internal static class Lookups
{
    public static (string Label, int Length)[] Name(this IPatternSet set, string name, int room = IPatternSet.MaxMatches)
    {
        var matches = new PatternMatch[room];
        return Shown(set, matches.AsSpan(0, set.FindName(Encoding.ASCII.GetBytes(name), matches)));
    }

    public static (string Label, int Length)[] Address(this IPatternSet set, string address, ushort port = 0)
    {
        Assert.True(IpAddress.TryParse(address, out var parsed));
        var matches = new PatternMatch[IPatternSet.MaxMatches];
        return Shown(set, matches.AsSpan(0, set.FindAddress(parsed, port, matches)));
    }

    public static (string Label, int Length)[] Url(this IPatternSet set, string host, string target)
    {
        var matches = new PatternMatch[IPatternSet.MaxMatches];
        return Shown(set, matches.AsSpan(0, set.FindUrl(Encoding.ASCII.GetBytes(host), Encoding.UTF8.GetBytes(target), matches)));
    }

    public static string[] Fingerprint(this IPatternSet set, FingerprintKind kind, string value)
    {
        var matches = new PatternMatch[IPatternSet.MaxMatches];
        var bytes = kind == FingerprintKind.Ja4 ? Encoding.ASCII.GetBytes(value) : Convert.FromHexString(value);
        return [.. Shown(set, matches.AsSpan(0, set.FindFingerprint(kind, bytes, matches))).Select(found => found.Label)];
    }

    public static string[] File(this IPatternSet set, string digest)
    {
        var matches = new PatternMatch[IPatternSet.MaxMatches];
        return [.. Shown(set, matches.AsSpan(0, set.FindFile(Convert.FromHexString(digest), matches))).Select(found => found.Label)];
    }

    private static (string Label, int Length)[] Shown(IPatternSet set, ReadOnlySpan<PatternMatch> matches)
    {
        var shown = new (string, int)[matches.Length];
        for (var i = 0; i < matches.Length; i++)
        {
            shown[i] = (set.Label(matches[i].Label).Name, matches[i].Length);
        }

        return shown;
    }
}
