using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Patterns.Delivery;

/// <summary>Puts a pack together again from its front and its sections. Nothing is checked here: whoever opens it checks all of it.</summary>
public static class PackAssembly
{
    /// <summary>Writes the pack.</summary>
    /// <param name="path">Where; an existing file is overwritten in place, so nobody may have it open.</param>
    /// <param name="front">Its front.</param>
    /// <param name="section">Gives the bytes of a section.</param>
    public static void Write(string path, PackFront front, Func<PackSection, byte[]> section)
    {
        ArgumentNullException.ThrowIfNull(front);
        ArgumentNullException.ThrowIfNull(section);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(front.Bytes);
        foreach (var part in front.Manifest.Sections)
        {
            stream.SetLength(PackFrame.Align(stream.Length));
            stream.Position = stream.Length;
            stream.Write(section(part));
        }

        stream.Flush(flushToDisk: true);
    }
}
