using System.CommandLine;
using System.Security.Cryptography;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.PatternTool;

/// <summary>The command line: finds the command, and says in one line per error what went wrong.</summary>
internal static class CommandLine
{
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Builds, signs and inspects pattern packs.")
        {
            FetchCommand.Create(),
            BuildCommand.Create(),
            KeygenCommand.Create(),
            SignCommand.Create(),
            VerifyCommand.Create(),
            InspectCommand.Create(),
            LookupCommand.Create(),
            RootCommands.Create(),
            PublishCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            WriteLines(error, parsed.Errors.Select(fault => fault.Message));
            return ExitCodes.BadUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (SourceListException fault)
        {
            WriteLines(error, fault.Message.Split('\n'));
            return ExitCodes.BadConfiguration;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or InvalidDataException or RootException)
        {
            WriteLines(error, [fault.Message]);
            return ExitCodes.Failed;
        }
    }

    private static void WriteLines(TextWriter error, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            error.WriteLine($"mslpat: {line}");
        }
    }
}
