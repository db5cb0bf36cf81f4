using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Gateway.Policy;

/// <summary>The policy in force. A bad document never replaces a good one: its fault is kept for the status.</summary>
internal sealed class PolicyState
{
    private volatile PolicyDocument _current = new();
    private volatile string? _fault;

    public PolicyDocument Current => _current;

    public string? Fault => _fault;

    public void Accept(PolicyDocument policy) => (_current, _fault) = (policy, null);

    /// <summary>An older policy takes the place of the one that was refused; the fault stays told.</summary>
    public void FallBack(PolicyDocument policy) => _current = policy;

    public void Refuse(string fault) => _fault = fault;
}
