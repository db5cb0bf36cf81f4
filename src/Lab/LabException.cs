namespace MediaSecurityLite.Lab;

/// <summary>The lab cannot go on; the message is the one line that the user reads.</summary>
internal sealed class LabException(string message, Exception? inner = null) : Exception(message, inner);
