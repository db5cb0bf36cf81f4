using System.Text.Json.Serialization;

namespace MediaSecurityLite.Patterns.Catalogue;

/// <summary>The catalogue of applications, as a source.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ApplicationFile
{
    public required IReadOnlyList<ApplicationGroup> Groups { get; init; }

    public required IReadOnlyList<ApplicationEntry> Applications { get; init; }

    /// <summary>What is wrong with it, all of it at once; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        var groups = Groups.Select(group => group.Id).ToHashSet();
        return Groups.SelectMany(group => IdRules.Faults("group", group.Id, group.Name))
            .Concat(Applications.SelectMany(application => IdRules.Faults("application", application.Id, application.Name)))
            .Concat(IdRules.Repeated("group", Groups.Select(group => group.Id)))
            .Concat(IdRules.Repeated("application", Applications.Select(application => application.Id)))
            .Concat(Applications.Where(application => !groups.Contains(application.Group))
                .Select(application => $"application '{application.Id}': there is no group '{application.Group}'"));
    }
}
