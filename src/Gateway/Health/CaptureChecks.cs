using System.Globalization;
using System.Runtime.InteropServices;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>Can frames be had: rights, library, interface; or the file.</summary>
internal static class CaptureChecks
{
    // capability numbers of <linux/capability.h>
    private const int NetAdmin = 12;
    private const int NetRaw = 13;

    private static readonly string[] LibpcapNames = ["libpcap.so.1", "libpcap.so.0.8", "libpcap.so"];

    public static IEnumerable<DoctorFinding> Examine(CaptureOptions capture, GatewayMode mode)
    {
        if (capture.File.Length > 0)
        {
            yield return File.Exists(capture.File)
                ? DoctorFinding.Good("capture file", capture.File)
                : DoctorFinding.Missing("capture file", $"{capture.File} does not exist");
            yield break;
        }

        yield return Capabilities();
        if (mode != GatewayMode.Monitor)
        {
            yield break;
        }

        yield return Libpcap();
        yield return Interface(capture.Interface);
    }

    private static DoctorFinding Capabilities()
    {
        const string Subject = "capabilities";
        var line = File.ReadLines("/proc/self/status").First(candidate => candidate.StartsWith("CapEff:", StringComparison.Ordinal));
        var effective = ulong.Parse(line["CapEff:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string[] missing =
        [
            .. (effective >> NetAdmin & 1) == 0 ? ["CAP_NET_ADMIN"] : Array.Empty<string>(),
            .. (effective >> NetRaw & 1) == 0 ? ["CAP_NET_RAW"] : Array.Empty<string>(),
        ];
        return missing.Length == 0
            ? DoctorFinding.Good(Subject, "CAP_NET_ADMIN and CAP_NET_RAW")
            : DoctorFinding.Missing(Subject, $"{string.Join(" and ", missing)} not held by this user (the service gets them from its unit)");
    }

    private static DoctorFinding Libpcap()
    {
        foreach (var name in LibpcapNames)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                NativeLibrary.Free(library);
                return DoctorFinding.Good("libpcap", name);
            }
        }

        return DoctorFinding.Missing("libpcap", "not installed (Debian: apt install libpcap0.8)");
    }

    private static DoctorFinding Interface(string name)
    {
        const string Subject = "interface";
        if (name.Length == 0)
        {
            return DoctorFinding.Missing(Subject, "Capture:Interface is not set");
        }

        var folder = Path.Combine("/sys/class/net", name);
        if (!Directory.Exists(folder))
        {
            return DoctorFinding.Missing(Subject, $"{name} does not exist on this machine");
        }

        var state = File.ReadAllText(Path.Combine(folder, "operstate")).Trim();
        return state == "down"
            ? DoctorFinding.Warning(Subject, $"{name} is down: no cable, or not brought up")
            : DoctorFinding.Good(Subject, $"{name} ({state})");
    }
}
