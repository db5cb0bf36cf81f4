namespace MediaSecurityLite.Patterns.Compiling;

/// <summary>A source list, or a file that it needs, is wrong. The message is one line per fault and names the file.</summary>
public sealed class SourceListException(string message) : Exception(message);
