using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>How the support centre is reached. The credential is a certificate; there is no password.</summary>
internal sealed class CloudOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 8883;

    /// <summary>The only authorities that may vouch for the centre (PEM).</summary>
    public string CaFile { get; set; } = "";

    /// <summary>This gateway's certificate (PEM); its common name is the gateway id.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The certificate's private key (PEM, mode 0600).</summary>
    public string KeyFile { get; set; } = "";

    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromMinutes(1);

    public void Validate(SettingsErrors errors)
    {
        errors.RequireText("Cloud:Host", Host);
        errors.RequireRange("Cloud:Port", Port, 1, 65535);
        errors.RequireFile("Cloud:CaFile", CaFile);
        errors.RequireFile("Cloud:CertificateFile", CertificateFile);
        errors.RequireFile("Cloud:KeyFile", KeyFile);
        errors.RequireRange("Cloud:HeartbeatInterval", HeartbeatInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
    }
}
