namespace MediaSecurityLite.Gateway.Updates;

/// <summary>A pack would block too much; the event says how much.</summary>
internal sealed class BackTestRefusal(UpdateState tested, string message) : UpdateRefusal(BackTest, message)
{
    /// <summary>With the figures.</summary>
    public UpdateState Tested { get; } = tested;
}
