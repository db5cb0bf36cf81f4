namespace MediaSecurityLite.Enforcement.Rules;

/// <summary>
/// Makes the kernel show bridged packets to the packet filter (br_netfilter). What was switched on here is switched off again.
/// </summary>
public sealed class BridgeFilter
{
    private const string Folder = "/proc/sys/net/bridge";
    private static readonly string[] Names = ["bridge-nf-call-iptables", "bridge-nf-call-ip6tables"];

    private readonly List<string> _changed = [];

    private BridgeFilter()
    {
    }

    /// <summary>Why bridged packets cannot be filtered here; null if they are.</summary>
    public static string? Obstacle() => Names.Select(Path).Where(path => !IsOn(path)).Select(path =>
        File.Exists(path) ? $"{path} is 0" : $"{path} does not exist (kernel module br_netfilter)").FirstOrDefault();

    /// <exception cref="EnforcementException">The module is missing, or the setting may not be changed.</exception>
    public static BridgeFilter Enable()
    {
        var filter = new BridgeFilter();
        foreach (var path in Names.Select(Path).Where(path => !IsOn(path)))
        {
            try
            {
                File.WriteAllText(path, "1");
                filter._changed.Add(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                filter.Restore();
                throw new EnforcementException($"bridged packets are not shown to the packet filter: {path} must be 1 ({e.Message})", e);
            }
        }

        return filter;
    }

    public void Restore()
    {
        foreach (var path in _changed)
        {
            File.WriteAllText(path, "0");
        }

        _changed.Clear();
    }

    private static string Path(string name) => System.IO.Path.Combine(Folder, name);

    private static bool IsOn(string path) => File.Exists(path) && File.ReadAllText(path).Trim() == "1";
}
