namespace MediaSecurityLite.Contracts;

/// <summary>A section of a pattern pack.</summary>
/// <param name="Name">What it holds: <c>names</c>, <c>urls</c>, …</param>
/// <param name="Sha256">Digest of its bytes, lower-case hexadecimal.</param>
/// <param name="Length">Its bytes.</param>
public sealed record PackSection(string Name, string Sha256, long Length);
