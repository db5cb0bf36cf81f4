using System.CommandLine;
using System.Globalization;
using MediaSecurityLite.Patterns.Delivery;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat publish</c></summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var path = PackArgument.Create();
        var repository = new Option<string>("--repository") { Description = "The folder to publish into; made where it is absent.", Required = true };
        var roots = new Option<string[]>("--root") { Description = "Root document to add first; may be repeated, in the order of the versions." };
        var command = new Command("publish", "Lays a pack out for boxes to fetch, with deltas from earlier versions.") { path, repository, roots };
        command.SetAction(parsed =>
        {
            var target = new PackRepository(parsed.GetRequiredValue(repository));
            foreach (var root in parsed.GetValue(roots) ?? [])
            {
                target.AddRoot(File.ReadAllBytes(root));
            }

            Write(target.Add(parsed.GetRequiredValue(path), TimeProvider.System.GetUtcNow()), parsed.InvocationConfiguration.Output);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(Publication published, TextWriter output)
    {
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        var manifest = published.Front.Manifest;
        Line($"{manifest.Name} {manifest.Version}: manifest {published.Front.Sha256}, {published.WholeBytes} bytes in {manifest.Sections.Count} sections");
        foreach (var (version, bytes) in published.Deltas)
        {
            Line($"from {version}: {bytes} bytes");
        }
    }
}
