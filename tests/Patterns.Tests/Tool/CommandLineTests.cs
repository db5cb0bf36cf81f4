using MediaSecurityLite.PatternTool;

namespace MediaSecurityLite.Patterns.Tests.Tool;

public sealed class CommandLineTests : IDisposable
{
    private readonly Workshop _shop = new();

    [Fact]
    public void Run_FromKeyToLookup_Works()
    {
        var list = _shop.WriteTrails("evil.test\nbad line\n");
        var (key, pack) = (_shop.Path("signing.pem"), _shop.Path("one.mslpack"));

        Assert.Equal(0, Run("keygen", "--out", key).Code);
        var build = Run("build", "--sources", list, "--out", pack, "--key", key, "--version", "2026.11.22", "--report", _shop.Path("report.json"));
        var verify = Run("verify", pack, "--key", _shop.Path("signing.pub.pem"));
        var lookup = Run("lookup", pack, "www.evil.test", "--language", "en");
        var inspect = Run("inspect", pack);

        Assert.Equal((0, 0, 0, 0), (build.Code, verify.Code, lookup.Code, inspect.Code));
        Assert.Contains("feed: read 2, kept 1, dropped 1 (Malformed 1)", build.Output, StringComparison.Ordinal);
        Assert.Contains("mslpat: feed: trails.txt:2: Malformed: bad line", build.Error, StringComparison.Ordinal);
        Assert.Contains("\"line\":2", File.ReadAllText(_shop.Path("report.json")), StringComparison.Ordinal);
        Assert.Contains("good, version 2026.11.22", verify.Output, StringComparison.Ordinal);
        Assert.Contains("www.evil.test is a C&C server of the malware family: entry evil.test of feed", lookup.Output, StringComparison.Ordinal);
        Assert.Contains("section names", inspect.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, FileMode(key));
        Assert.DoesNotContain("PRIVATE", build.Output + build.Error + verify.Output + inspect.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_WithAnotherKey_IsAcceptedByItsOwnersOnly()
    {
        var pack = _shop.Write("one.mslpack", _shop.Build(_shop.WriteTrails("evil.test\n")).Pack);
        Run("keygen", "--out", _shop.Path("second.pem"));

        Assert.Equal(0, Run("sign", pack, "--key", _shop.Path("second.pem")).Code);

        Assert.Equal(0, Run("verify", pack, "--key", _shop.Path("second.pub.pem")).Code);
        Assert.Equal(1, Run("verify", pack, "--key", _shop.PublicKeyFile).Code);
    }

    [Fact]
    public void Keygen_OverAFile_Refuses()
    {
        var key = _shop.PrivateKeyFile;
        var before = File.ReadAllText(key);

        Assert.Equal(1, Run("keygen", "--out", key).Code);
        Assert.Equal(before, File.ReadAllText(key));
    }

    [Fact]
    public void Verify_OfDamagedPack_FailsInOneLine()
    {
        var pack = _shop.Build(_shop.WriteTrails("evil.test\n")).Pack;
        pack[pack.Length / 2] ^= 1;
        var path = _shop.Write("bad.mslpack", pack);

        foreach (var run in new[] { Run("verify", path, "--key", _shop.PublicKeyFile), Run("lookup", path, "evil.test"), Run("inspect", path) })
        {
            Assert.Equal((1, ""), (run.Code, run.Output));
            Assert.StartsWith($"mslpat: {path} is ", run.Error, StringComparison.Ordinal);
            Assert.Equal(1, run.Error.Count(c => c == '\n'));
        }
    }

    [Theory]
    [InlineData(2, "build")]
    [InlineData(2, "build", "--sources", "x", "--out", "y", "--key", "z", "--version", "one")]
    [InlineData(2, "build", "--sources", "x", "--out", "y", "--key", "z", "--folder", "oops")]
    [InlineData(2, "lookup", "x")]
    [InlineData(2, "lookup", "x", "y", "--language", "fr")]
    [InlineData(2, "frobnicate")]
    [InlineData(78, "build", "--sources", "/nonexistent/sources.json", "--out", "y", "--key", "z")]
    [InlineData(1, "verify", "/nonexistent.mslpack", "--key", "/nonexistent.pem")]
    [InlineData(1, "inspect", "/nonexistent.mslpack")]
    public void Run_WithMistakes_SaysSoAndReturnsTheRightCode(int code, params string[] args)
    {
        var run = Run(args);

        Assert.Equal(code, run.Code);
        Assert.StartsWith("mslpat: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_WithAPublicKey_SaysSo()
    {
        var run = Run("build", "--sources", _shop.WriteTrails("a.test\n"), "--out", _shop.Path("y"), "--key", _shop.PublicKeyFile);

        Assert.Equal(1, run.Code);
        Assert.Contains("this is a public key", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_shop.Path("y")));
    }

    [Theory]
    [InlineData(null, "ja")]
    [InlineData("C.UTF-8", "ja")]
    [InlineData("ja_JP.UTF-8", "ja")]
    [InlineData("en_US.UTF-8", "en")]
    public void Language_FromTheEnvironment_IsJapaneseUnlessEnglish(string? lang, string expected) =>
        Assert.Equal(expected, LanguageOption.FromEnvironment(name => name == "LANG" ? lang : null));

    public void Dispose() => _shop.Dispose();

    private static UnixFileMode FileMode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
