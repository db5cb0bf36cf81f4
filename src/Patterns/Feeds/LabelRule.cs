using System.IO.Enumeration;
using System.Text.Json.Serialization;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>What some entries of a source stand for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LabelRule
{
    /// <summary>In <see cref="Name"/>: the file's name without its extension, in lower case and without spaces.</summary>
    public const string FileName = "{file}";

    /// <summary>In <see cref="Name"/>: the malware family that the entry itself names; <c>unknown</c> where it names none.</summary>
    public const string Family = "{family}";

    /// <summary>The files, relative to the source's path; <c>*</c> stands for any run of characters.</summary>
    public string Files { get; init => field = value ?? "*"; } = "*";

    /// <summary>
    /// What the entry itself says it is, where the format has that: abuse.ch's threat type (<c>botnet_cc</c>), MISP's category
    /// (<c>Network activity</c>), STIX's indicator type (<c>malicious-activity</c>); <c>*</c> as in <see cref="Files"/>.
    /// </summary>
    public string Type { get; init => field = value ?? "*"; } = "*";

    /// <summary>What entries stand for; null for entries that shall not be read.</summary>
    public PatternKind? Kind { get; init; }

    /// <summary>Category, application or family; may hold <c>{file}</c> and <c>{family}</c>.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Whether the name is the same for all entries.</summary>
    internal bool IsFixed => !Name.Contains('{', StringComparison.Ordinal);

    internal bool FitsFile(string relativePath) => FileSystemName.MatchesSimpleExpression(Files, relativePath, ignoreCase: false);

    internal bool FitsType(string type) => Type == "*" || FileSystemName.MatchesSimpleExpression(Type, type, ignoreCase: true);

    internal string NameFor(string file, string? family = null) => IsFixed
        ? Name
        : Name.Replace(FileName, OfFile(file), StringComparison.Ordinal).Replace(Family, FamilyName.IdOf(family), StringComparison.Ordinal);

    private static string OfFile(string file) =>
        Path.GetFileNameWithoutExtension(file).ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
}
