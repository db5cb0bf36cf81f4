namespace MediaSecurityLite.Gateway.Policy;

/// <summary>A policy that cannot be used: one line per fault, each saying where.</summary>
internal sealed class PolicyException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
