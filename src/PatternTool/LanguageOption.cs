using System.CommandLine;

namespace MediaSecurityLite.PatternTool;

/// <summary>The language of what people read: Japanese, or English where the option or the environment asks for it.</summary>
internal static class LanguageOption
{
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static Option<string?> Create()
    {
        var option = new Option<string?>("--language") { Description = "ja or en; from LC_ALL, LC_MESSAGES or LANG where absent." };
        option.AcceptOnlyFromAmong("ja", "en");
        return option;
    }

    public static string Choose(string? option) => option ?? FromEnvironment(Environment.GetEnvironmentVariable);

    internal static string FromEnvironment(Func<string, string?> variable)
    {
        var locale = Variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return locale is not null && locale.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : "ja";
    }
}
