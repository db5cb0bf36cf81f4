namespace MediaSecurityLite.Patterns.Trust;

/// <summary>A root document that is not believed; the message says why.</summary>
public sealed class RootException(string message, Exception? inner = null) : Exception(message, inner);
