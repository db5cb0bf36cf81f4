using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Language;
using MediaSecurityLite.SupportCenter.Packs.Library;

namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>Bounds of an update report's fields. Names and versions decide about rollouts and are refused if they are none; reasons are cleaned.</summary>
internal static class PatternsCheck
{
    private const int MaxCode = 64;
    private const int MaxReason = 500;

    // 1 TiB: far above any pack, far below what adding up many of them could overflow.
    private const long MaxBytes = 1L << 40;

    /// <returns>Null if a field holds what it cannot hold.</returns>
    public static PatternsEvent? Clean(PatternsEvent report)
    {
        if (!Enum.IsDefined(report.Step) || !PackName.IsName(report.Pack)
            || !(report.ToVersion.Length == 0 || PackVersionNumber.TryParse(report.ToVersion, out _))
            || !(report.FromVersion is null || PackVersionNumber.TryParse(report.FromVersion, out _))
            || report.NewlyBlockedNames < 0 || report.Terminals < 0 || report.BytesTransferred is < 0 or > MaxBytes)
        {
            return null;
        }

        return report with { ReasonCode = Line(report.ReasonCode, MaxCode), Reason = Line(report.Reason, MaxReason) };
    }

    private static string? Line(string? text, int maxLength) => text is null ? null : UntrustedText.Line(text, maxLength);
}
