using System.Text.Json.Serialization;

namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>An application, as the catalogue of sources describes it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApplicationEntry : Application
{
    /// <summary>Names that only this application uses, each with its subdomains.</summary>
    public IReadOnlyList<string> Domains { get; init => field = value ?? []; } = [];

    /// <summary>Addresses and prefixes that only this application uses.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = value ?? []; } = [];
}
