using System.Diagnostics.Metrics;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>What became of the mails.</summary>
internal sealed class NotificationMetrics
{
    public const string MeterName = "MediaSecurityLite.SupportCenter.Notifications";

    private readonly Counter<long> _mails;
    private readonly Histogram<double> _delay;

    public NotificationMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _mails = meter.CreateCounter<long>("mslcenter.mail.attempts", "{mail}", "Mails, by kind and result");
        _delay = meter.CreateHistogram<double>("mslcenter.mail.delay", "s", "From a mail's commit to its hand-over");
    }

    public void HandedOver(MailKind kind, TimeSpan delay)
    {
        Count(kind, "handed_over");
        _delay.Record(delay.TotalSeconds, new KeyValuePair<string, object?>("kind", kind.ToString()));
    }

    public void Failed(MailKind kind) => Count(kind, "failed");

    public void GivenUp(MailKind kind) => Count(kind, "given_up");

    private void Count(MailKind kind, string result) => _mails.Add(
        1, new KeyValuePair<string, object?>("kind", kind.ToString()), new KeyValuePair<string, object?>("result", result));
}
