namespace MediaSecurityLite.PatternTool;

/// <summary>Exit codes of all our programs.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
    public const int BadConfiguration = 78;
}
