using System.Globalization;
using System.Text.Json;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>
/// Whom this box trusts: the root it was delivered with, the roots that followed (<c>root.{version}.json</c>, checked from the delivered
/// one on at every start), and what has been in force (<c>seen.json</c>). Losing the folder costs no more than fetching again.
/// </summary>
internal sealed class TrustFolder(string pinnedRoot, string folder)
{
    private string SeenFile => Path.Combine(folder, "seen.json");

    /// <exception cref="RootException">There is no root, or it is none.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public PackTrust Read()
    {
        if (!File.Exists(pinnedRoot))
        {
            throw new RootException($"{pinnedRoot} does not exist, so no pack is trusted");
        }

        var root = TrustedRoot.PinFile(pinnedRoot);
        while (File.Exists(RootFile(root.Document.Version + 1)))
        {
            try
            {
                root = root.Succeed(File.ReadAllBytes(RootFile(root.Document.Version + 1)));
            }
            catch (RootException)
            {
                // Damaged, or of another line: what it would say is fetched again.
                File.Delete(RootFile(root.Document.Version + 1));
            }
        }

        return new PackTrust(root, ReadSeen());
    }

    /// <summary>Accepts the next root and keeps it.</summary>
    /// <exception cref="RootException">It is not the next.</exception>
    public PackTrust Succeed(PackTrust trust, ReadOnlySpan<byte> json)
    {
        var next = trust.Under(trust.Root.Succeed(json));
        Directory.CreateDirectory(folder);
        DurableFile.Write(RootFile(next.Root.Document.Version), json);
        return next;
    }

    /// <summary>Keeps what has been in force.</summary>
    public void Remember(PackTrust trust)
    {
        Directory.CreateDirectory(folder);
        DurableFile.Write(SeenFile, JsonSerializer.SerializeToUtf8Bytes([.. trust.Seen], PatternRecordsJson.Default.SeenPackArray));
    }

    private SeenPack[] ReadSeen()
    {
        if (!File.Exists(SeenFile))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(SeenFile), PatternRecordsJson.Default.SeenPackArray) ?? [];
        }
        catch (JsonException)
        {
            // A bad disk; the packs in force are evidence enough (PackTrust.WithAll).
            return [];
        }
    }

    private string RootFile(int version) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"root.{version}.json"));
}
