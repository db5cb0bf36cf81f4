using System.CommandLine;
using MediaSecurityLite.Patterns.Explaining;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat lookup</c></summary>
internal static class LookupCommand
{
    public static Command Create()
    {
        var path = PackArgument.Create();
        var queries = new Argument<string[]>("NAME|URL|ADDRESS[:PORT]|FINGERPRINT|DIGEST") { Description = "What to look up.", Arity = ArgumentArity.OneOrMore };
        var keys = PackArgument.TrustedKeysOption(required: false);
        var language = LanguageOption.Create();
        var command = new Command("lookup", "Says which entry of which source decides about a name, address, URL, fingerprint (JA3, JA4, certificate) or file.") { path, queries, keys, language };
        command.SetAction(parsed =>
        {
            var console = parsed.InvocationConfiguration;
            using var pack = PackArgument.Open(parsed.GetRequiredValue(path), parsed.GetValue(keys), console.Error);
            return pack is null
                ? ExitCodes.Failed
                : Explain(PatternSet.Combine(pack), parsed.GetRequiredValue(queries), LanguageOption.Choose(parsed.GetValue(language)), console);
        });
        return command;
    }

    private static int Explain(PatternSet set, string[] queries, string language, InvocationConfiguration console)
    {
        var explanation = new PatternExplanation(set, language);
        var code = ExitCodes.Ok;
        foreach (var text in queries)
        {
            if (!PatternQuery.TryParse(text, out var query))
            {
                console.Error.WriteLine($"mslpat: '{text}' is neither a name nor an address, URL, fingerprint or digest");
                code = ExitCodes.BadUsage;
                continue;
            }

            foreach (var sentence in explanation.Of(query))
            {
                console.Output.WriteLine(sentence);
            }
        }

        return code;
    }
}
