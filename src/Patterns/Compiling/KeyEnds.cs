namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Finds where the prefixes of a key end; the last is the key's own end.</summary>
/// <returns>How many there are.</returns>
internal delegate int KeyEnds(ReadOnlySpan<byte> key, Span<ushort> ends);
