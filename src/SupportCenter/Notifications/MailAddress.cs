using MimeKit;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>What we take for a mail address: one plain <c>local@domain</c>, no display name, no list, no control characters.</summary>
internal static class MailAddress
{
    // RFC 5321, 4.5.3.1.3: a path holds 256 octets including the angle brackets.
    private const int MaxLength = 254;

    public static bool IsValid(string text) =>
        text.Length <= MaxLength &&
        !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) &&
        MailboxAddress.TryParse(text, out var mailbox) &&
        mailbox.Address == text &&
        text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1;
}
