using MediaSecurityLite.Gateway.Health;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>The packs in force, and those that were refused.</summary>
internal sealed class PatternState
{
    private volatile IReadOnlyList<PackStatus> _packs = [];

    public IReadOnlyList<PackStatus> Packs => _packs;

    /// <summary>The newest pack's version; null without a pack.</summary>
    public string? Version => _packs.Select(pack => pack.Version).Max(StringComparer.Ordinal);
}
