namespace MediaSecurityLite.Enforcement;

/// <summary>The kernel or a program of the machine refuses what enforcement needs; the message says what, in one line.</summary>
public sealed class EnforcementException(string message, Exception? inner = null) : Exception(message, inner);
