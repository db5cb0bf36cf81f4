using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>
/// Where packs lie: those in force (<c>{name}.mslpack</c>), the one before each (<c>previous/</c>), the one being tried
/// (<c>candidate/</c>), what has been fetched for it (<c>sections/</c>, named after their digests) and how far it got (<c>updates/</c>).
/// Packs in force change by renaming alone, so that a box that loses power has the old one or the new one.
/// </summary>
internal sealed class PackShelf(string folder)
{
    public const string Extension = ".mslpack";

    public string Folder { get; } = folder;

    public string Sections => Path.Combine(Folder, "sections");

    public string Updates => Path.Combine(Folder, "updates");

    public string Current(string name) => Path.Combine(Folder, name + Extension);

    public string Previous(string name) => Path.Combine(Folder, "previous", name + Extension);

    public string Candidate(string name) => Path.Combine(Folder, "candidate", name + Extension);

    public void Prepare()
    {
        foreach (var part in (string[])["previous", "candidate", "sections", "updates"])
        {
            Directory.CreateDirectory(Path.Combine(Folder, part));
        }
    }

    /// <summary>Keeps others from changing packs at the same time: the agent and a person at the console.</summary>
    /// <exception cref="IOException">Somebody else does it now.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(Folder);
        try
        {
            return new FileStream(Path.Combine(Folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"packs in {Folder} are being changed by somebody else", e);
        }
    }

    /// <summary>Brings the candidate into the place of the pack in force, and keeps that one.</summary>
    public void Install(string name)
    {
        Prepare();
        if (File.Exists(Current(name)))
        {
            DurableFile.Write(Previous(name), File.ReadAllBytes(Current(name)));
        }

        File.Move(Candidate(name), Current(name), overwrite: true);
    }

    /// <summary>Brings the previous pack back; where there is none, the pack goes.</summary>
    /// <returns>False where there was none.</returns>
    public bool RollBack(string name)
    {
        if (!File.Exists(Previous(name)))
        {
            File.Delete(Current(name));
            return false;
        }

        File.Move(Previous(name), Current(name), overwrite: true);
        return true;
    }

    /// <summary>Removes what was fetched and put together for a pack that is in force or refused.</summary>
    public void Clear(string name)
    {
        Prepare();
        File.Delete(Candidate(name));
        foreach (var file in Directory.EnumerateFiles(Sections))
        {
            File.Delete(file);
        }
    }
}
