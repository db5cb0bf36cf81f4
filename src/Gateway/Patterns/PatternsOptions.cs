namespace MediaSecurityLite.Gateway.Patterns;

internal sealed class PatternsOptions
{
    /// <summary>Folder of <c>*.mslpack</c>; where it is not set, <c>packs</c> in the data directory.</summary>
    public string? Packs { get; set; }

    /// <summary>Folder of <c>*.pem</c>: a pack must be signed with one of these keys.</summary>
    public string TrustedKeys { get; set; } = "/etc/mslgw/pattern-keys";

    public string PacksIn(string dataDirectory) => Packs ?? Path.Combine(dataDirectory, "packs");
}
