namespace MediaSecurityLite.Enforcement.Rules;

/// <summary>What the rule set depends on.</summary>
public sealed record RuleSetOptions
{
    /// <summary>The kernel's number of the queue that is read.</summary>
    public required ushort Queue { get; init; }

    /// <summary>While no program reads the queue, packets of undecided flows pass (true) or wait in vain (false).</summary>
    public bool PassesWhileDown { get; init; } = true;
}
