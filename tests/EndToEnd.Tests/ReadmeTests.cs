using System.Text.RegularExpressions;
using MediaSecurityLite.Lab.Product;

namespace MediaSecurityLite.EndToEnd.Tests;

/// <summary>A README that names a path which is gone misleads; so every path in every README is looked up.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Readmes => [.. Directory
        .EnumerateFiles(ProductPrograms.Repository(), "README.md", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(ProductPrograms.Repository(), path))
        .Where(path => !path.StartsWith("artifacts", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Readme_EveryPathItNames_Exists(string readme)
    {
        var root = ProductPrograms.Repository();
        var folder = Path.GetDirectoryName(Path.Combine(root, readme))!;
        var text = File.ReadAllText(Path.Combine(root, readme));

        var missing = Paths().Matches(text)
            .Select(match => match.Value.TrimEnd('.', '/'))
            .Where(path => LooksOwn(path, root, folder))
            .Where(path => !Exists(Path.Combine(root, path)) && !Exists(Path.Combine(folder, path)))
            .Distinct();

        Assert.Empty(missing);
    }

    /// <summary>
    /// Relative paths whose first part is a folder of the repository or of the README's own; others (/etc, URLs) are the
    /// machine's, what lies under artifacts is made by builds, and <c>Xxx</c> in a recipe is for the reader to name.
    /// </summary>
    private static bool LooksOwn(string path, string root, string folder)
    {
        var first = path.Split('/')[0];
        return first != "artifacts"
            && !path.Contains("Xxx", StringComparison.Ordinal)
            && (Directory.Exists(Path.Combine(root, first)) || Directory.Exists(Path.Combine(folder, first)));
    }

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    [GeneratedRegex(@"(?<![\w/.:<{-])(?:\./)?[\w.-]+(?:/[\w.-]+)+/?")]
    private static partial Regex Paths();
}
