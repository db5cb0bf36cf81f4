namespace MediaSecurityLite.Patterns.Packs;

/// <summary>The sections that every pack has, in the order of the file.</summary>
internal static class SectionNames
{
    public const string Labels = "labels";
    public const string Names = "names";
    public const string Endpoints = "endpoints";
    public const string Prefixes = "prefixes";
    public const string Urls = "urls";
    public const string Fingerprints = "fingerprints";
    public const string Files = "files";

    /// <summary>Suricata rules, UTF-8: a line <c># SOURCE</c>, then its rules by their ids.</summary>
    public const string Rules = "rules";
    public const string Catalogue = "catalogue";
}
