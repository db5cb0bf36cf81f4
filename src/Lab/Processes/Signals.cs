using System.Runtime.InteropServices;

namespace MediaSecurityLite.Lab.Processes;

internal static partial class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal.</summary>
    /// <returns>False if the process is already gone.</returns>
    public static bool Send(int processId, int signal) => NativeKill(processId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int NativeKill(int processId, int signal);
}
