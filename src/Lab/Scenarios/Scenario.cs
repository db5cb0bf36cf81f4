namespace MediaSecurityLite.Lab.Scenarios;

/// <summary>What a terminal does, as a list of visits in order.</summary>
internal sealed record Scenario(string Name, string Summary, IReadOnlyList<Visit> Visits)
{
    public static readonly Scenario Browse = new("browse", "ordinary browsing; nothing in it may be detected",
    [
        new(VisitKind.Resolve, Sites.Office),
        new(VisitKind.Http, Sites.Office, "/"),
        new(VisitKind.Https, Sites.Office, "/mail"),
        new(VisitKind.Resolve, Sites.News),
        new(VisitKind.Https, Sites.News, "/today", OverIPv6: true),
    ]);

    public static readonly Scenario Category = new("category", "visits a site of a blocked category",
    [
        new(VisitKind.Resolve, Sites.Casino),
        new(VisitKind.Http, Sites.Casino, "/lobby"),
    ]);

    public static readonly Scenario Application = new("application", "uses a blocked application, known by its TLS server name",
    [
        new(VisitKind.Resolve, Sites.VideoApplication),
        new(VisitKind.Https, Sites.VideoApplication, "/watch"),
    ]);

    public static readonly Scenario Infection = new("infection", "a terminal looks up its C&C server and talks to it",
    [
        new(VisitKind.Resolve, Sites.CommandServer),
        new(VisitKind.Http, Sites.CommandServer, "/gate"),
        new(VisitKind.Handshake, Sites.CommandServer),
    ]);

    public static IReadOnlyList<Scenario> All { get; } = [Browse, Category, Application, Infection];

    public static Scenario Find(string name) =>
        All.FirstOrDefault(scenario => scenario.Name == name)
        ?? throw new LabException($"no scenario '{name}': there are {string.Join(", ", All.Select(scenario => scenario.Name))}");
}
