namespace MediaSecurityLite.Lab.Product;

/// <summary>
/// The product's programs as the build left them: <c>artifacts/bin/ROOM/CONFIGURATION/PROGRAM</c>, beside this program and
/// in the same configuration.
/// </summary>
internal sealed record ProductPrograms(string Gateway, string Center, string PatternTool)
{
    public static ProductPrograms Find()
    {
        var own = AppContext.BaseDirectory.TrimEnd('/');
        var configuration = Path.GetFileName(own);
        var rooms = Path.GetDirectoryName(Path.GetDirectoryName(own)!)!;
        return new ProductPrograms(
            Require(Path.Combine(rooms, "Gateway", configuration, "mslgw")),
            Require(Path.Combine(rooms, "SupportCenter", configuration, "mslcenter")),
            Require(Path.Combine(rooms, "PatternTool", configuration, "mslpat")));
    }

    /// <summary>The folder of the sources: the nearest above this program that holds the solution.</summary>
    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MediaSecurityLite.Gateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new LabException("this program does not lie inside the repository");
    }

    private static string Require(string path) =>
        File.Exists(path) ? path : throw new LabException($"{path} is not built");
}
