using System.ComponentModel;
using System.Diagnostics;

namespace MediaSecurityLite.Enforcement.Rules;

/// <summary>A program of the machine that speaks with the kernel's packet filter. No shell is between us and it.</summary>
internal static class Tool
{
    /// <summary>Loading a hundred thousand set elements takes about a second.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>What it printed, and whether it succeeded.</summary>
    internal readonly record struct Result(bool IsSuccess, string Output, string Error);

    /// <exception cref="EnforcementException">It failed; the message is its first line.</exception>
    public static async Task<string> RunAsync(string program, string[] arguments, string? input, CancellationToken cancellationToken)
    {
        var result = await TryRunAsync(program, arguments, input, cancellationToken);
        return result.IsSuccess
            ? result.Output
            : throw new EnforcementException($"{program} {string.Join(' ', arguments)}: {FirstLine(result.Error)}");
    }

    public static async Task<Result> TryRunAsync(string program, string[] arguments, string? input, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return new Result(false, "", $"cannot be started: {e.Message}");
        }

        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return new Result(process.ExitCode == 0, await output, await error);
        }
        catch (IOException e)
        {
            return new Result(false, "", $"does not read what it is told: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            return new Result(false, "", $"does not end within {Limit.TotalSeconds:0} s");
        }
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? line : "failed";
}
