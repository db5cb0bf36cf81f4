namespace MediaSecurityLite.Gateway.Health;

/// <summary>The agent cannot start on this machine as it is; the message is one line for a person.</summary>
internal sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
