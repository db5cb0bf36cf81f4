using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MediaSecurityLite.Contracts;
using ZstdSharp;

namespace MediaSecurityLite.SupportCenter.Tests.Packs;

/// <summary>A pattern repository as it is published, with keys that sign nothing: the centre does not ask who signed.</summary>
internal sealed class TestRepository
{
    private readonly string _folder;

    public TestRepository(string folder)
    {
        _folder = folder;
        foreach (var part in new[] { "root", "manifests", "blobs", "deltas" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public void AddRoot(int version, string note = "")
    {
        var document = new RootDocument
        {
            Version = version,
            Created = Messages.Noon,
            Expires = Messages.Noon.AddYears(10),
            RootKeys = [new RootKey(note, [])],
            RootThreshold = 1,
            SigningKeys = [],
        };
        var signed = new SignedRoot(JsonSerializer.SerializeToUtf8Bytes(document, ContractsJson.Default.RootDocument), []);
        File.WriteAllBytes(PathOf($"root/{version}.json"), JsonSerializer.SerializeToUtf8Bytes(signed, ContractsJson.Default.SignedRoot));
    }

    /// <returns>The digest of the front.</returns>
    public string AddPack(string version, params byte[][] sections) => AddPack("starter", version, sections);

    public string AddPack(string name, string version, params byte[][] sections)
    {
        foreach (var section in sections)
        {
            var compressed = Compress(section, []);
            File.WriteAllBytes(
                PathOf($"blobs/{Digest(section)}{(compressed.Length < section.Length ? ".zst" : "")}"),
                compressed.Length < section.Length ? compressed : section);
        }

        var front = Front(name, version, sections);
        File.WriteAllBytes(PathOf($"manifests/{Digest(front)}"), front);
        return Digest(front);
    }

    /// <returns>The delta's file.</returns>
    public string AddDelta(byte[] from, byte[] to)
    {
        var file = $"deltas/{Digest(from)}-{Digest(to)}";
        File.WriteAllBytes(PathOf(file), Compress(to, from));
        return file;
    }

    /// <summary>Changes a byte in the middle of a file.</summary>
    public void Damage(string file)
    {
        var bytes = File.ReadAllBytes(PathOf(file));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(PathOf(file), bytes);
    }

    public static byte[] Front(string name, string version, params byte[][] sections)
    {
        var manifest = JsonSerializer.SerializeToUtf8Bytes(
            new PackManifest
            {
                Format = PackManifest.CurrentFormat,
                Name = name,
                Version = version,
                Created = Messages.Noon,
                Expires = Messages.Noon.AddYears(10),
                Sections = [.. sections.Select((section, i) => new PackSection($"s{i}", Digest(section), section.Length))],
                Sources = [],
            },
            ContractsJson.Default.PackManifest);
        var header = new byte[16];
        Encoding.ASCII.GetBytes("MSLPACK\u0001").CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), manifest.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), 5);
        return [.. header, .. manifest, .. "a key"u8, .. new byte[64]];
    }

    private static byte[] Compress(byte[] content, byte[] prefix)
    {
        using var compressor = new Compressor();
        if (prefix.Length > 0)
        {
            compressor.LoadDictionary(prefix);
        }

        return compressor.Wrap(content).ToArray();
    }
}
