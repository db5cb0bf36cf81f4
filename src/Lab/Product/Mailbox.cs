using MimeKit;

namespace MediaSecurityLite.Lab.Product;

/// <summary>A mail that the centre handed over, and when it was there.</summary>
internal sealed record ReceivedMail(string File, DateTimeOffset At, string To, string Subject, string Text);

/// <summary>
/// The centre's pickup folder as the customer's mailbox. A mail appears there by renaming, so a file that is seen is whole.
/// </summary>
internal sealed class Mailbox(string folder, TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private readonly HashSet<string> _known = [];

    /// <summary>Waits for the next mail that was not returned before.</summary>
    public async Task<ReceivedMail> NextAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            while (true)
            {
                if (Unread().FirstOrDefault() is { } file)
                {
                    _known.Add(file);
                    return await ReadAsync(file, cancellationToken);
                }

                await Task.Delay(Glance, time, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new LabException($"no mail within {limit.TotalSeconds:0} s");
        }
    }

    /// <summary>How many mails wait that were not returned yet.</summary>
    public int UnreadCount => Unread().Count();

    private IEnumerable<string> Unread() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.eml").Where(file => !_known.Contains(file)).Order(StringComparer.Ordinal)
        : [];

    private async Task<ReceivedMail> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        using var message = await MimeMessage.LoadAsync(file, cancellationToken);
        return new ReceivedMail(file, at, message.To.ToString(), message.Subject ?? "", message.TextBody ?? "");
    }
}
