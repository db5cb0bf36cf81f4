using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>Whether something a terminal once talked to would be found now: <see cref="DetectorSet"/>'s rules without the packets.</summary>
public static class ContactCheck
{
    /// <summary>A name or URL.</summary>
    /// <param name="host">Lower-case ASCII without a trailing dot.</param>
    /// <param name="target">Path and query; empty where none was seen.</param>
    /// <param name="isLookup">Asked of DNS only: then C&amp;C names alone are a finding.</param>
    /// <param name="snapshot">Patterns and policy.</param>
    public static bool FindsName(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, bool isLookup, DetectionSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var policy = snapshot.Policy;
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        if (policy.Settings.CommandAndControl != FunctionMode.Off
            && ((!target.IsEmpty && HasCommandAndControl(matches[..snapshot.Patterns.FindUrl(host, target, matches)], snapshot))
                || HasCommandAndControl(matches[..snapshot.Patterns.FindName(host, matches)], snapshot)))
        {
            return true;
        }

        if (isLookup || policy.Allow.Find(host, target) is not null)
        {
            return false;
        }

        if (policy.Settings.UrlLists != FunctionMode.Off && policy.Block.Find(host, target) is not null)
        {
            return true;
        }

        foreach (var match in matches[..snapshot.Patterns.FindName(host, matches)])
        {
            var label = snapshot.Patterns.Label(match.Label);
            if ((label.Kind == PatternKind.Category && policy.Settings.Categories != FunctionMode.Off && policy.BlockedCategories.Contains(label.Name))
                || (label.Kind == PatternKind.Application && policy.Settings.Applications != FunctionMode.Off && policy.BlockedApplications.Contains(label.Name)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An address.</summary>
    public static bool FindsAddress(IpAddress remote, ushort port, DetectionSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        return snapshot.Policy.Settings.CommandAndControl != FunctionMode.Off
            && HasCommandAndControl(matches[..snapshot.Patterns.FindAddress(remote, port, matches)], snapshot);
    }

    private static bool HasCommandAndControl(ReadOnlySpan<PatternMatch> matches, DetectionSnapshot snapshot)
    {
        foreach (var match in matches)
        {
            if (snapshot.Patterns.Label(match.Label).Kind == PatternKind.CommandAndControl)
            {
                return true;
            }
        }

        return false;
    }
}
