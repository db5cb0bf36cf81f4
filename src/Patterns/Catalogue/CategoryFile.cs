using System.Text.Json.Serialization;

namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>The taxonomy of categories, as a source.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CategoryFile
{
    public required IReadOnlyList<Category> Categories { get; init; }

    /// <summary>What is wrong with it, all of it at once; empty when nothing is.</summary>
    public IEnumerable<string> Faults() =>
        Categories.SelectMany(category => IdRules.Faults("category", category.Id, category.Name))
            .Concat(IdRules.Repeated("category", Categories.Select(category => category.Id)))
            .Concat(IdRules.Repeated("category of UT1", Categories.SelectMany(category => category.Ut1)));
}
