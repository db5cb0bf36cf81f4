using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Gateway.Settings;

/// <summary>Who this gateway is and where it keeps its things; the keys without a section.</summary>
internal sealed class GatewayOptions
{
    /// <summary>The id that the support centre gave this box; the common name of its certificate.</summary>
    public string GatewayId { get; set; } = "";

    /// <summary>Where the box stands; decides whether anything is blocked.</summary>
    public GatewayMode Mode { get; set; } = GatewayMode.Monitor;

    /// <summary>Outbox, packs and the last good policy (mode 0700).</summary>
    public string DataDirectory { get; set; } = "/var/lib/mslgw";

    /// <summary>The control socket.</summary>
    public string RuntimeDirectory { get; set; } = "/run/mslgw";

    public GatewayId Id => Contracts.GatewayId.Parse(GatewayId);

    public string ControlSocket => Path.Combine(RuntimeDirectory, "control.sock");

    public void Validate(SettingsErrors errors)
    {
        if (!Contracts.GatewayId.TryParse(GatewayId, out _))
        {
            errors.Add(nameof(GatewayId), GatewayId.Length == 0
                ? "is missing"
                : $"'{GatewayId}' is no gateway id: 1-{Contracts.GatewayId.MaxLength} of a-z 0-9 -");
        }

        errors.RequireAbsolutePath(nameof(DataDirectory), DataDirectory);
        errors.RequireAbsolutePath(nameof(RuntimeDirectory), RuntimeDirectory);
    }
}
