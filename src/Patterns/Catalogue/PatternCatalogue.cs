using System.Collections.Frozen;

namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>What the ids in labels mean to people: the applications and categories that packs know, with their names.</summary>
public sealed class PatternCatalogue
{
    private readonly FrozenDictionary<string, Category> _categories;
    private readonly FrozenDictionary<string, Application> _applications;
    private readonly FrozenDictionary<string, ApplicationGroup> _groups;

    internal PatternCatalogue(CatalogueDocument document)
    {
        Categories = document.Categories;
        Applications = document.Applications;
        Groups = document.Groups;
        _categories = Categories.ToFrozenDictionary(category => category.Id);
        _applications = Applications.ToFrozenDictionary(application => application.Id);
        _groups = Groups.ToFrozenDictionary(group => group.Id);
    }

    public static PatternCatalogue Empty { get; } = new(new CatalogueDocument());

    /// <summary>In the order of the taxonomy.</summary>
    public IReadOnlyList<Category> Categories { get; }

    /// <summary>In the order of the catalogue.</summary>
    public IReadOnlyList<Application> Applications { get; }

    public IReadOnlyList<ApplicationGroup> Groups { get; }

    public Category? Category(string id) => _categories.GetValueOrDefault(id);

    public Application? Application(string id) => _applications.GetValueOrDefault(id);

    public ApplicationGroup? Group(string id) => _groups.GetValueOrDefault(id);

    /// <summary>Joins catalogues; where two describe the same id, the first one holds.</summary>
    internal static PatternCatalogue Join(IReadOnlyList<PatternCatalogue> catalogues) => catalogues.Count == 1 ? catalogues[0] : new(new()
    {
        Categories = [.. catalogues.SelectMany(catalogue => catalogue.Categories).DistinctBy(category => category.Id)],
        Applications = [.. catalogues.SelectMany(catalogue => catalogue.Applications).DistinctBy(application => application.Id)],
        Groups = [.. catalogues.SelectMany(catalogue => catalogue.Groups).DistinctBy(group => group.Id)],
    });
}
