namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>The mail server refused a mail for good; trying again would not help.</summary>
internal sealed class MailRefusedException(int code, Exception inner) : Exception($"refused with code {code}", inner);
