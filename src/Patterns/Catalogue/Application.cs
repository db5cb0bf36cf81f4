namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>An application, as people see it.</summary>
public record Application
{
    /// <summary>nDPI's protocol name in lower case where nDPI knows the application.</summary>
    public required string Id { get; init; }

    public required LocalizedName Name { get; init; }

    /// <summary>Id of its <see cref="ApplicationGroup"/>.</summary>
    public required string Group { get; init; }

    public required ApplicationRisk Risk { get; init; }
}
