using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>All that detectors know: patterns and policy. Immutable; an inspector gets another one as a whole, between two packets.</summary>
public sealed class DetectionSnapshot(IPatternSet patterns, PolicySet policy, IContactSink? contacts = null)
{
    /// <summary>No patterns, and the policy as delivered.</summary>
    public static DetectionSnapshot Empty { get; } = new(NoPatterns.Instance, PolicySet.Default);

    /// <summary>The pattern packs.</summary>
    public IPatternSet Patterns { get; } = patterns;

    /// <summary>The policy.</summary>
    public PolicySet Policy { get; } = policy;

    /// <summary>Who is told what terminals talk to; null where nobody is.</summary>
    public IContactSink? Contacts { get; } = contacts;

    private sealed class NoPatterns : IPatternSet
    {
        public static NoPatterns Instance { get; } = new();

        public string Version => "";

        public bool HasFingerprints => false;

        public bool HasFiles => false;

        public PatternLabel Label(int index) => throw new ArgumentOutOfRangeException(nameof(index));

        public int FindName(ReadOnlySpan<byte> name, Span<PatternMatch> matches) => 0;

        public int FindAddress(IpAddress address, ushort port, Span<PatternMatch> matches) => 0;

        public int FindUrl(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, Span<PatternMatch> matches) => 0;

        public int FindFingerprint(FingerprintKind kind, ReadOnlySpan<byte> value, Span<PatternMatch> matches) => 0;

        public int FindFile(ReadOnlySpan<byte> digest, Span<PatternMatch> matches) => 0;
    }
}
