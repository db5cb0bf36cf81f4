namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>A name in the languages of the product.</summary>
public sealed record LocalizedName
{
    public required string Ja { get; init; }

    public required string En { get; init; }

    /// <summary>The name in a language (two letters); Japanese unless English is asked for.</summary>
    public string In(string language) => language == "en" ? En : Ja;
}
