using System.Text;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>A mail's content as plain text.</summary>
internal static class MailTextBody
{
    public static string Of(MailContent content)
    {
        var text = new StringBuilder();
        text.Append(content.Greeting).Append("\n\n").Append(content.Lead).Append("\n\n");
        foreach (var (label, value) in content.Facts)
        {
            text.Append("  ").Append(label).Append(": ").Append(value).Append('\n');
        }

        Heading(text, content.DoneHeading).Append(content.Done).Append('\n');
        Heading(text, content.StepsHeading);
        for (var i = 0; i < content.Steps.Count; i++)
        {
            text.Append(i + 1).Append(". ").Append(content.Steps[i]).Append('\n');
        }

        Heading(text, content.ContactHeading).AppendJoin('\n', content.Contact).Append('\n');
        return text.Append("\n-- \n").Append(content.Footer).Append('\n').ToString();
    }

    private static StringBuilder Heading(StringBuilder text, string heading) => text.Append("\n■ ").Append(heading).Append('\n');
}
