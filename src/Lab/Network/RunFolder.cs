namespace MediaSecurityLite.Lab.Network;

/// <summary>
/// Where one run of the lab keeps its files, and the proof that it lives: a lock held on <c>lock</c> inside, which the kernel
/// releases when the process dies, however it dies. A folder whose lock is free belongs to a dead run.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string LockFile = "lock";
    private const string ProcessFile = "pid";
    private readonly FileStream _lock;

    private RunFolder(string id, string path, FileStream held)
    {
        Id = id;
        Path = path;
        _lock = held;
    }

    /// <summary>The folder of all runs that own namespaces. Only root can make those, so only root writes here.</summary>
    public static string Root => "/run/msllab";

    /// <summary>Four hexadecimal digits, part of every name that the run gives to something of the machine.</summary>
    public string Id { get; }

    public string Path { get; }

    /// <summary>Claims a new folder: under <see cref="Root"/>, or without root a private one among the temporary files.</summary>
    public static RunFolder Create()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            var temporary = Directory.CreateTempSubdirectory("msllab-").FullName;
            return new RunFolder("self", temporary, Claim(temporary));
        }

        // Locked before it gets its name: nobody can take a run that is just starting for a dead one.
        var unnamed = System.IO.Path.Combine(Root, $"new-{Environment.ProcessId}");
        Directory.CreateDirectory(unnamed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var held = Claim(unnamed);
        while (true)
        {
            var id = Random.Shared.Next(0x10000).ToString("x4", null);
            var path = System.IO.Path.Combine(Root, id);
            if (!Directory.Exists(path))
            {
                Directory.Move(unnamed, path);
                return new RunFolder(id, path, held);
            }
        }
    }

    /// <summary>The ids of runs that have died without cleaning up.</summary>
    public static IReadOnlyList<string> Dead() => [.. All().Where(id => !IsHeld(id))];

    /// <summary>The ids of runs that live.</summary>
    public static IReadOnlyList<string> Living() => [.. All().Where(IsHeld)];

    /// <summary>The process that holds a living run.</summary>
    public static int ProcessOf(string id) => int.Parse(File.ReadAllText(System.IO.Path.Combine(Root, id, ProcessFile)), null);

    /// <summary>Removes the folder of a dead run.</summary>
    public static void Remove(string id) => Directory.Delete(System.IO.Path.Combine(Root, id), recursive: true);

    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static IEnumerable<string> All() => Directory.Exists(Root)
        ? Directory.EnumerateDirectories(Root, "????").Select(path => System.IO.Path.GetFileName(path))
        : [];

    private static FileStream Claim(string path)
    {
        File.WriteAllText(System.IO.Path.Combine(path, ProcessFile), Environment.ProcessId.ToString((IFormatProvider?)null));
        return OpenLock(path);
    }

    private static bool IsHeld(string id)
    {
        try
        {
            OpenLock(System.IO.Path.Combine(Root, id)).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Fails while another process has it open: the runtime holds an flock(2) for <see cref="FileShare.None"/>.</summary>
    private static FileStream OpenLock(string path) =>
        new(System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
