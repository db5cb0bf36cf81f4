using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>How new packs come in.</summary>
internal sealed class UpdatesOptions
{
    /// <summary>The channel this gateway listens to: <c>canary</c> or <c>stable</c>.</summary>
    public string Channel { get; set; } = PatternChannels.Stable;

    /// <summary>A pack that would newly block more distinct names and addresses of the last day is refused.</summary>
    public int MaxNewlyBlockedNames { get; set; } = 20;

    /// <summary>A pack that would newly concern more terminals of the last day is refused.</summary>
    public int MaxNewlyBlockedTerminals { get; set; } = 5;

    /// <summary>How long a new pack is watched before it is confirmed.</summary>
    public TimeSpan Probation { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many times as many detections a minute as in the hour before make a new pack go.</summary>
    public double RollbackFactor { get; set; } = 10;

    /// <summary>Fewer detections a minute never make a new pack go.</summary>
    public int RollbackFloor { get; set; } = 30;

    /// <summary>The largest pack in bytes.</summary>
    public long MaxPackBytes { get; set; } = 256L << 20;

    /// <summary>After how long a pack is tried again that was refused for a reason that may pass.</summary>
    public TimeSpan RetryInterval { get; set; } = TimeSpan.FromHours(1);

    public void Validate(SettingsErrors errors)
    {
        if (Channel is not (PatternChannels.Canary or PatternChannels.Stable))
        {
            errors.Add("Updates:Channel", $"is '{Channel}'; it must be {PatternChannels.Canary} or {PatternChannels.Stable}");
        }

        errors.RequireRange("Updates:MaxNewlyBlockedNames", MaxNewlyBlockedNames, 0, 1_000_000);
        errors.RequireRange("Updates:MaxNewlyBlockedTerminals", MaxNewlyBlockedTerminals, 0, 100_000);
        errors.RequireRange("Updates:Probation", Probation, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        errors.RequireRange("Updates:RollbackFactor", RollbackFactor, 1, 1000);
        errors.RequireRange("Updates:RollbackFloor", RollbackFloor, 1, 1_000_000);
        errors.RequireRange("Updates:MaxPackBytes", MaxPackBytes, 1L << 20, 1L << 30);
        errors.RequireRange("Updates:RetryInterval", RetryInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
    }
}
