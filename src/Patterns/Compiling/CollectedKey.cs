namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>A distinct key of a <see cref="KeyCollector"/>.</summary>
/// <param name="Offset">Where its bytes lie there.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Labels">Numbers of its labels, rising.</param>
internal readonly record struct CollectedKey(int Offset, int Length, int[] Labels);
