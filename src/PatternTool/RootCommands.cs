using System.CommandLine;
using System.Globalization;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.PatternTool;

/// <summary><c>mslpat root init|rotate|sign|show</c>: root documents, made where the offline keys are.</summary>
internal static class RootCommands
{
    private const int DefaultDays = 3650;
    private const int DefaultSigningDays = 400;

    private static readonly Argument<string> Root = new("ROOT") { Description = "The root document (JSON)." };
    private static readonly Option<string> Target = new("--out") { Description = "The root document to write; never over a file.", Required = true };
    private static readonly Option<string[]> Keys = new("--key") { Description = "Private root key to sign with (PEM). May be repeated.", Required = true };
    private static readonly Option<string[]> RootKeys = new("--root-key") { Description = "Public root key to name beside those that sign (PEM). May be repeated." };
    private static readonly Option<string[]> SigningKeys = new("--signing-key") { Description = "Public key that may sign packs (PEM). May be repeated." };
    private static readonly Option<string[]> Withdrawn = new("--withdraw") { Description = "Id of a root or signing key that counts no more, its first digits suffice. May be repeated." };
    private static readonly Option<int?> Threshold = new("--threshold") { Description = "How many root keys must sign; 1, or what it was, where absent." };
    private static readonly Option<int> Days = Between("--days", "How many days the root counts.", DefaultDays);
    private static readonly Option<int> SigningDays = Between("--signing-days", "How many days the signing keys given here may sign.", DefaultSigningDays);

    public static Command Create()
    {
        var init = new Command("init", "Makes root 1.") { Target, Keys, RootKeys, SigningKeys, Threshold, Days, SigningDays };
        init.SetAction(Init);
        var rotate = new Command("rotate", "Makes the next root: other keys, or more time. Old and new root keys sign it.")
        {
            Root, Target, Keys, RootKeys, SigningKeys, Withdrawn, Threshold, Days, SigningDays,
        };
        rotate.SetAction(Rotate);
        var sign = new Command("sign", "Adds signatures to a root that others have signed.") { Root, Target, Keys };
        sign.SetAction(Sign);
        var show = new Command("show", "Shows what a root says and who signed it.") { Root };
        show.SetAction(Show);
        return new Command("root", "The root of trust: who may sign packs.") { init, rotate, sign, show };
    }

    private static int Init(ParseResult parsed)
    {
        using var keys = new KeyRing(parsed.GetRequiredValue(Keys));
        var now = PackValidity.Now(Environment.GetEnvironmentVariable);
        var document = new RootDocument
        {
            Version = 1,
            Created = now,
            Expires = now.AddDays(parsed.GetValue(Days)),
            RootKeys = [.. keys.Keys.Select(RootSigner.RootKey).Concat(Public(parsed, RootKeys).Select(RootSigner.RootKey)).DistinctBy(key => key.KeyId)],
            RootThreshold = parsed.GetValue(Threshold) ?? 1,
            SigningKeys = [.. Public(parsed, SigningKeys).Select(key => RootSigner.SigningKey(key, now.AddDays(parsed.GetValue(SigningDays))))],
        };
        return Write(parsed, RootSigner.Sign(document, keys.Keys));
    }

    private static int Rotate(ParseResult parsed)
    {
        using var keys = new KeyRing(parsed.GetRequiredValue(Keys));
        var before = Read(parsed);
        var now = PackValidity.Now(Environment.GetEnvironmentVariable);
        var withdrawn = parsed.GetValue(Withdrawn) ?? [];
        bool Stays(string id) => !withdrawn.Any(start => start.Length > 0 && id.StartsWith(start, StringComparison.OrdinalIgnoreCase));
        var signing = Public(parsed, SigningKeys).Select(key => RootSigner.SigningKey(key, now.AddDays(parsed.GetValue(SigningDays)))).ToList();
        var document = before with
        {
            Version = before.Version + 1,
            Created = now,
            Expires = now.AddDays(parsed.GetValue(Days)),
            RootKeys = [.. before.RootKeys.Concat(Public(parsed, RootKeys).Select(RootSigner.RootKey)).Where(key => Stays(key.KeyId)).DistinctBy(key => key.KeyId)],
            RootThreshold = parsed.GetValue(Threshold) ?? before.RootThreshold,
            SigningKeys = [.. signing.Concat(before.SigningKeys).Where(key => Stays(key.KeyId)).DistinctBy(key => key.KeyId)],
        };
        return Write(parsed, RootSigner.Sign(document, keys.Keys));
    }

    private static int Sign(ParseResult parsed)
    {
        using var keys = new KeyRing(parsed.GetRequiredValue(Keys));
        return Write(parsed, RootSigner.AddSignatures(File.ReadAllBytes(parsed.GetRequiredValue(Root)), keys.Keys));
    }

    private static int Show(ParseResult parsed)
    {
        var root = Read(parsed);
        void Line(FormattableString text) => parsed.InvocationConfiguration.Output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"root {root.Version}, made {root.Created:yyyy-MM-dd}, ends {root.Expires:yyyy-MM-dd}, {root.RootThreshold} of {root.RootKeys.Count} root keys sign");
        foreach (var key in root.RootKeys)
        {
            Line($"root key {key.KeyId}");
        }

        foreach (var key in root.SigningKeys)
        {
            Line($"signing key {key.KeyId}, ends {key.Expires:yyyy-MM-dd}");
        }

        return ExitCodes.Ok;
    }

    private static int Write(ParseResult parsed, byte[] json)
    {
        var target = parsed.GetRequiredValue(Target);
        using (var stream = new FileStream(target, FileMode.CreateNew, FileAccess.Write))
        {
            stream.Write(json);
        }

        var (version, signatures) = RootSigner.Describe(json);
        parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: root {version}, {signatures} signatures"));
        return ExitCodes.Ok;
    }

    private static RootDocument Read(ParseResult parsed) => RootSigner.Read(File.ReadAllBytes(parsed.GetRequiredValue(Root)));

    private static IEnumerable<byte[]> Public(ParseResult parsed, Option<string[]> option) =>
        (parsed.GetValue(option) ?? []).Select(file => PackKeys.ReadPublic(File.ReadAllText(file)));

    private static Option<int> Between(string name, string description, int days)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => days };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < PackValidity.LeastDays or > PackValidity.MostDays)
            {
                result.AddError($"{name} must lie between {PackValidity.LeastDays} and {PackValidity.MostDays}");
            }
        });
        return option;
    }
}
