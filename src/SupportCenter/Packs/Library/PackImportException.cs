namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>A repository cannot be taken in; the message names the file and what is wrong with it.</summary>
internal sealed class PackImportException(string message) : Exception(message);
