namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    public const int Failed = 1;

    public const int BadUsage = 2;

    /// <summary>EX_CONFIG of sysexits.h; the service manager does not restart on it.</summary>
    public const int BadConfiguration = 78;
}
