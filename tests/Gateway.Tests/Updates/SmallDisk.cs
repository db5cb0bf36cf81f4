using System.Diagnostics;

namespace MediaSecurityLite.Gateway.Tests.Updates;

/// <summary>A file system that is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;
    private bool _isMounted = true;

    private SmallDisk(string folder) => _folder = folder;

    /// <returns>Null where this user may not mount.</returns>
    public static SmallDisk? TryMount(string folder, string options)
    {
        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder) ? new SmallDisk(folder) : null;
    }

    public void Dispose()
    {
        if (_isMounted)
        {
            _isMounted = !Run("umount", _folder);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
