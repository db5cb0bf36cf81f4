namespace MediaSecurityLite.SupportCenter.Settings;

/// <summary>The settings cannot be used; one line per fault, each naming its key or file.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join("; ", faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
