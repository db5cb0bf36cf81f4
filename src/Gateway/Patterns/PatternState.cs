using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>The packs in force, and those that were refused.</summary>
internal sealed class PatternState
{
    private volatile IPatternSet _set = DetectionSnapshot.Empty.Patterns;
    private volatile IReadOnlyList<PackStatus> _packs = [];

    public IPatternSet Set => _set;

    public IReadOnlyList<PackStatus> Packs => _packs;

    /// <summary>The newest pack's version; null without a pack.</summary>
    public string? Version => _set.Version.Length > 0 ? _set.Version : null;

    public void Accept(IPatternSet set, IReadOnlyList<PackStatus> packs) => (_set, _packs) = (set, packs);
}
