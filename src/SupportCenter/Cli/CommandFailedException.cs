namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary>The command cannot do what it was asked; its message is the line the user sees.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
