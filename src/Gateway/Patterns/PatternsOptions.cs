namespace MediaSecurityLite.Gateway.Patterns;

internal sealed class PatternsOptions
{
    /// <summary>Folder of <c>*.mslpack</c>; where it is not set, <c>packs</c> in the data directory.</summary>
    public string? Packs { get; set; }

    /// <summary>The root document that trust begins with: it names the keys that may sign packs, and its successors follow by themselves.</summary>
    public string Root { get; set; } = "/etc/mslgw/pattern-root.json";

    public PackShelf ShelfIn(string dataDirectory) => new(Packs ?? Path.Combine(dataDirectory, "packs"));

    public TrustFolder TrustIn(string dataDirectory) => new(Root, Path.Combine(dataDirectory, "trust"));
}
