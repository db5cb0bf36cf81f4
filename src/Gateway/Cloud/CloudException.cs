namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>The centre cannot be used now; the message says why, in words for a person.</summary>
internal sealed class CloudException(string message, Exception? inner = null) : Exception(message, inner);
