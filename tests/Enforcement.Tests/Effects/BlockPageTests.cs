using System.Text;
using MediaSecurityLite.Enforcement.Effects;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Enforcement.Tests.Effects;

public sealed class BlockPageTests
{
    [Theory]
    [InlineData(DetectionKind.Url)]
    [InlineData(DetectionKind.Category)]
    [InlineData(DetectionKind.Application)]
    [InlineData(DetectionKind.CommandAndControl)]
    public void Response_SaysWhatAndWhy_InJapaneseThenEnglish(DetectionKind kind)
    {
        var text = Page(Found(kind) with { Name = kind == DetectionKind.Url ? null : "named" }, "");

        Assert.StartsWith("HTTP/1.1 403 Forbidden\r\n", text, StringComparison.Ordinal);
        Assert.Contains("casino.example", text, StringComparison.Ordinal);
        Assert.Contains(kind == DetectionKind.Url ? "*.casino.example" : "named", text, StringComparison.Ordinal);
        Assert.InRange(text.IndexOf("このページは遮断されました</h1>", StringComparison.Ordinal), 0, text.IndexOf("This page is blocked</h1>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "管理者")]
    [InlineData("情報システム部 内線 100", "情報システム部 内線 100")]
    public void Response_SaysWhomToAsk(string contact, string expected) => Assert.Contains(expected, Page(Found(DetectionKind.Url), contact), StringComparison.Ordinal);

    [Fact]
    public void Response_NameOfAnAttacker_IsTextAndNotMarkup()
    {
        var text = Page(Found(DetectionKind.Url) with { Host = "<script>alert(1)</script>" }, "<b>me</b>");

        Assert.DoesNotContain("<script", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Response_StatesItsLength()
    {
        var bytes = BlockPage.Response(Found(DetectionKind.Url), "");
        var head = Encoding.ASCII.GetString(bytes, 0, bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4);

        Assert.Contains($"Content-Length: {bytes.Length - head.Length}\r\n", head, StringComparison.Ordinal);
    }

    private static string Page(Detection detection, string contact) => Encoding.UTF8.GetString(BlockPage.Response(detection, contact));

    private static Detection Found(DetectionKind kind) => new()
    {
        Kind = kind,
        Action = VerdictAction.Block,
        Rule = "*.casino.example",
        RuleSource = "policy",
        PackVersion = "1",
        Timestamp = 0,
        Terminal = IpAddress.FromV4(0xC0A84D0A),
        TerminalPort = 40000,
        Remote = IpAddress.FromV4(0xCB007114),
        RemotePort = 80,
        Protocol = 6,
        Host = "casino.example",
        Url = "/lobby",
        FlowId = 1,
    };
}
