namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>Says which of the labels of one key others overrule.</summary>
internal delegate void OverruledLabels(ReadOnlySpan<int> labels, Span<bool> overruled);
