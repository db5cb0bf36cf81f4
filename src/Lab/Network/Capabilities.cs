using System.Globalization;

namespace MediaSecurityLite.Lab.Network;

/// <summary>What the kernel lets this process do (capabilities(7)); root in a container often lacks some of it.</summary>
internal static class Capabilities
{
    private const int NetAdmin = 12;
    private const int SysAdmin = 21;

    public static bool CanMakeNamespaces()
    {
        const string Label = "CapEff:";
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Label, StringComparison.Ordinal));
        var effective = ulong.Parse(line.AsSpan(Label.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return ((effective >> NetAdmin) & (effective >> SysAdmin) & 1) == 1;
    }
}
