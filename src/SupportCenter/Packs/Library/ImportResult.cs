namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>What an import brought.</summary>
/// <param name="Packs">The new versions.</param>
/// <param name="Files">New files.</param>
/// <param name="Bytes">Of the new files together.</param>
/// <param name="RootVersion">The newest root after it.</param>
internal sealed record ImportResult(IReadOnlyList<StoredPack> Packs, int Files, long Bytes, int RootVersion);
