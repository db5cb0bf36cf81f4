namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>How the session with the centre stands, for status and doctor.</summary>
internal sealed class CloudState
{
    private volatile CloudStanding _current = new(false, null, null);

    public CloudStanding Current => _current;

    public void Connected(DateTimeOffset now) => _current = new CloudStanding(true, now, null);

    public void Lost(DateTimeOffset now, string reason) => _current = new CloudStanding(false, now, reason);
}

/// <param name="Connected">Whether the session stands.</param>
/// <param name="Since">Since when it is so; null before the first attempt has ended.</param>
/// <param name="Reason">Why it does not stand.</param>
internal sealed record CloudStanding(bool Connected, DateTimeOffset? Since, string? Reason);
