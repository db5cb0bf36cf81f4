namespace MediaSecurityLite.Lab.Product;

/// <summary>
/// The product's programs as the build left them: <c>artifacts/bin/ROOM/CONFIGURATION/PROGRAM</c>, beside this program and
/// in the same configuration.
/// </summary>
internal static class ProductPrograms
{
    public static string Gateway => Find("Gateway", "mslgw");

    public static string Center => Find("SupportCenter", "mslcenter");

    public static string PatternTool => Find("PatternTool", "mslpat");

    public static string Lab => Find("Lab", "msllab");

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

    private static string Find(string room, string program)
    {
        var own = AppContext.BaseDirectory.TrimEnd('/');
        var rooms = Path.GetDirectoryName(Path.GetDirectoryName(own)!)!;
        var path = Path.Combine(rooms, room, Path.GetFileName(own), program);
        return File.Exists(path) ? path : throw new LabException($"{path} is not built");
    }
}
