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

    public void Refuse(string fault) => _fault = fault;
}
