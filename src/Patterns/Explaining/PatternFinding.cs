using MediaSecurityLite.Contracts;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Explaining;

/// <summary>An entry that says something about a query.</summary>
/// <param name="Label">What it says, and which source says it.</param>
/// <param name="Entry">The entry, as its source has it (in normal form).</param>
/// <param name="PackVersion">The pack that holds it.</param>
/// <param name="Source">About the source.</param>
public sealed record PatternFinding(PatternLabel Label, string Entry, string PackVersion, PackSource? Source);
