namespace MediaSecurityLite.Patterns.Packs;

/// <summary>The sections that every pack has, in the order of the file.</summary>
internal static class SectionNames
{
    public const string Labels = "labels";
    public const string Names = "names";
    public const string Endpoints = "endpoints";
    public const string Prefixes = "prefixes";
    public const string Urls = "urls";
    public const string Catalogue = "catalogue";
}
