using FsCheck.Xunit;
using MediaSecurityLite.SupportCenter.Language;

namespace MediaSecurityLite.SupportCenter.Tests.Language;

public sealed class UntrustedTextTests
{
    [Theory]
    [InlineData("日本語.example", "日本語.example")]
    [InlineData("a\r\nb", "a\uFFFD\uFFFDb")]
    [InlineData("a\u2028b\u202Ec\u200Bd", "a\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("02:00:00:00:00:01", "02:00:00:00:00:01")]
    [InlineData("02:00:00:00:00:01x", "02:00:00:00:00:0…")]
    public void Line_OfSeventeen_KeepsWhatIsVisible(string text, string expected) => Assert.Equal(expected, UntrustedText.Line(text, 17));

    [Property]
    public bool Line_AnyText_IsOneBoundedLineAndStays(string? text)
    {
        var line = UntrustedText.Line(text ?? "", 20);

        return line.Length <= 20 && !line.Any(char.IsControl) && UntrustedText.Line(line, 20) == line;
    }
}
