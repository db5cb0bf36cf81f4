using System.Diagnostics.CodeAnalysis;

namespace MediaSecurityLite.Patterns.Packs;

/// <summary>An opened pack, or why it was refused.</summary>
public sealed record PackOpening
{
    private PackOpening(PatternPack? pack, PackFault? fault) => (Pack, Fault) = (pack, fault);

    public PatternPack? Pack { get; }

    public PackFault? Fault { get; }

    [MemberNotNullWhen(true, nameof(Pack))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsOpen => Pack is not null;

    internal static PackOpening Of(PatternPack pack) => new(pack, null);

    internal static PackOpening Refused(PackFaultKind kind, string message) => new(null, new PackFault(kind, message));
}
