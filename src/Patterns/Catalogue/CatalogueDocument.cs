namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>How a pack carries the catalogue.</summary>
internal sealed record CatalogueDocument
{
    public IReadOnlyList<Category> Categories { get; init => field = value ?? []; } = [];

    public IReadOnlyList<ApplicationGroup> Groups { get; init => field = value ?? []; } = [];

    public IReadOnlyList<Application> Applications { get; init => field = value ?? []; } = [];
}
