using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Outbox;

internal sealed class OutboxOptions
{
    /// <summary>
    /// What the waiting events may take on disk. 64 MiB hold some 80,000 events. When it is full, the oldest of the least
    /// urgent go first.
    /// </summary>
    public long MaxBytes { get; set; } = 64L << 20;

    public void Validate(SettingsErrors errors) =>
        errors.RequireRange("Outbox:MaxBytes", MaxBytes, 64L << 10, 16L << 30);
}
