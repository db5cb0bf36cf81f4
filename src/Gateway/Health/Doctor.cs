using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>Looks at the machine the way the service will use it, and says what is missing. It changes nothing.</summary>
internal static class Doctor
{
    public static async Task<IReadOnlyList<DoctorFinding>> ExamineAsync(
        GatewaySettings settings, TimeProvider time, CancellationToken cancellationToken) =>
    [
        .. settings.Validate().Lines.Select(line => DoctorFinding.Missing("settings", line)),
        .. CaptureChecks.Examine(settings.Capture, settings.Gateway.Mode),
        .. await InlineChecks.ExamineAsync(settings.Gateway.Mode, cancellationToken),
        FolderCheck.Examine(nameof(settings.Gateway.DataDirectory), settings.Gateway.DataDirectory),
        FolderCheck.Examine(nameof(settings.Gateway.RuntimeDirectory), settings.Gateway.RuntimeDirectory),
        .. CredentialChecks.Examine(settings, time),
        await CentreCheck.ExamineAsync(settings.Cloud, cancellationToken),
    ];
}
