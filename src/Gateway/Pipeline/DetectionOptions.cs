using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Pipeline;

internal sealed class DetectionOptions
{
    /// <summary>Repeats of a detection within this time after its first sight become one event with a count.</summary>
    public TimeSpan RepeatWindow { get; set; } = TimeSpan.FromMinutes(5);

    public void Validate(SettingsErrors errors) =>
        errors.RequireRange("Detection:RepeatWindow", RepeatWindow, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
}
