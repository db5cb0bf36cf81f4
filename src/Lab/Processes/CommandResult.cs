namespace MediaSecurityLite.Lab.Processes;

/// <summary>What became of a program that has ended.</summary>
internal sealed record CommandResult(Command Command, int ExitCode, string Output)
{
    /// <summary>Throws unless the program ended with 0.</summary>
    public CommandResult OrThrow() => ExitCode == 0
        ? this
        : throw new LabException($"'{Command}' ended with {ExitCode}: {Output.Trim()}");
}
