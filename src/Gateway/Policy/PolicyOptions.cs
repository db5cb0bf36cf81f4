namespace MediaSecurityLite.Gateway.Policy;

internal sealed class PolicyOptions
{
    /// <summary>The contract's policy; where there is no such file, the policy is as delivered.</summary>
    public string File { get; set; } = "/etc/mslgw/policy.json";
}
