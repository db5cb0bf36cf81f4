using MediaSecurityLite.SupportCenter.Language;

namespace MediaSecurityLite.SupportCenter.Settings;

/// <summary>The settings cannot be used; one line per fault, each naming its key or file.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join("; ", faults))
{
    private const int MaxLength = 500;

    public IReadOnlyList<string> Faults { get; } = [.. faults.Select(fault => UntrustedText.Line(fault, MaxLength))];
}
