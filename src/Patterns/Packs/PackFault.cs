namespace MediaSecurityLite.Patterns.Packs;

/// <summary>Why a pack was refused.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Message">For people: one line that names the file.</param>
public sealed record PackFault(PackFaultKind Kind, string Message);
