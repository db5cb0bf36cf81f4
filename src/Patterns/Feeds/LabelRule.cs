using System.IO.Enumeration;
using System.Text.Json.Serialization;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>What the entries of some files of a source stand for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LabelRule
{
    /// <summary>In <see cref="Name"/>: the file's name without its extension, in lower case and without spaces.</summary>
    public const string FileName = "{file}";

    /// <summary>The files, relative to the source's path; <c>*</c> stands for any run of characters.</summary>
    public string Files { get; init => field = value ?? "*"; } = "*";

    /// <summary>What entries stand for; null for files that shall not be read.</summary>
    public PatternKind? Kind { get; init; }

    /// <summary>Category, application or family; <c>{file}</c> for the file's name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    internal bool Fits(string relativePath) => FileSystemName.MatchesSimpleExpression(Files, relativePath, ignoreCase: false);

    internal string NameFor(string file) =>
        Name.Replace(FileName, FamilyName(file), StringComparison.Ordinal);

    private static string FamilyName(string file) =>
        Path.GetFileNameWithoutExtension(file).ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
}
