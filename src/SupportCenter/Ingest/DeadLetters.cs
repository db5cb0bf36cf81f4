using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>Keeps the number of dead letters bounded, whatever a gateway sends.</summary>
internal static class DeadLetters
{
    public static async Task PruneAsync(CenterDb db, CancellationToken cancellationToken)
    {
        var newest = await db.DeadLetters.MaxAsync(letter => (long?)letter.Id, cancellationToken);
        if (newest > DeadLetter.Kept)
        {
            var oldest = newest - DeadLetter.Kept;
            await db.DeadLetters.Where(letter => letter.Id <= oldest).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
