namespace MediaSecurityLite.Gateway.Cli;

/// <summary>What the commands tell their caller.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;

    /// <summary><c>EX_CONFIG</c> of sysexits(3); the unit does not restart on it.</summary>
    public const int BadConfiguration = 78;
}
