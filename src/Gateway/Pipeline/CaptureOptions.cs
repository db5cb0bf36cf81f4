using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Pipeline;

/// <summary>Where frames come from in monitor mode: exactly one of the two.</summary>
internal sealed class CaptureOptions
{
    /// <summary>A network interface, listened to at a mirror port.</summary>
    public string Interface { get; set; } = "";

    /// <summary>A capture file, played in its own time; the agent idles afterwards. For demonstrations and labs.</summary>
    public string File { get; set; } = "";

    /// <summary>For people: what is listened to.</summary>
    public string Source => Interface.Length > 0 ? Interface : File;

    public void Validate(SettingsErrors errors, GatewayMode mode)
    {
        if (mode != GatewayMode.Monitor)
        {
            if (Source.Length > 0)
            {
                errors.Add("Capture:Interface", "and Capture:File are for Mode 'monitor'; inline, packets come from the kernel");
            }
        }
        else if (Interface.Length > 0 == File.Length > 0)
        {
            errors.Add("Capture:Interface", "or Capture:File must be set, and not both");
        }
        else if (File.Length > 0)
        {
            errors.RequireFile("Capture:File", File);
        }
    }
}
