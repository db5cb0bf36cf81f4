using System.CommandLine;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat inspect</c></summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var path = PackArgument.Create();
        var keys = PackArgument.TrustedKeysOption(required: false);
        var language = LanguageOption.Create();
        var command = new Command("inspect", "Shows what a pack consists of.") { path, keys, language };
        command.SetAction(parsed =>
        {
            using var pack = PackArgument.Open(parsed.GetRequiredValue(path), parsed.GetValue(keys), parsed.InvocationConfiguration.Error);
            if (pack is null)
            {
                return ExitCodes.Failed;
            }

            Write(pack, LanguageOption.Choose(parsed.GetValue(language)), parsed.InvocationConfiguration.Output);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Write(PatternPack pack, string language, TextWriter output)
    {
        void Line(FormattableString text) => output.WriteLine(FormattableString.Invariant(text));
        Line($"version {pack.Version}");
        Line($"signer {pack.Signer}");
        Line($"entries {pack.Counts.Names} names, {pack.Counts.Endpoints} addresses, {pack.Counts.Urls} URLs, {pack.Counts.Fingerprints} fingerprints, {pack.Counts.Files} files");
        foreach (var kind in Enum.GetValues<PatternKind>())
        {
            Line($"labels {kind} {pack.Labels.Count(label => label.Kind == kind)}");
        }

        foreach (var source in pack.Manifest.Sources)
        {
            Line($"source {source.Id} {source.Entries} entries, confidence {source.Confidence}, {source.Licence}, {source.Title} {source.Origin}");
        }

        foreach (var section in pack.Manifest.Sections)
        {
            Line($"section {section.Name} {section.Length} bytes {section.Sha256}");
        }

        foreach (var category in pack.Catalogue.Categories)
        {
            Line($"category {category.Id} {category.Name.In(language)}");
        }

        foreach (var application in pack.Catalogue.Applications)
        {
            Line($"application {application.Id} {application.Name.In(language)} [{pack.Catalogue.Group(application.Group)?.Name.In(language)}, {application.Risk}]");
        }
    }
}
