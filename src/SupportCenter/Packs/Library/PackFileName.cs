using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>
/// The name of a file of a pattern repository, below its root. Only digits, lower-case hexadecimal and the fixed parts make
/// a name, so none leads out of the folder.
/// </summary>
internal sealed record PackFileName
{
    public const string Compressed = ".zst";

    /// <summary>The largest section of a pack, in bytes.</summary>
    public const long LargestSection = 512L * 1024 * 1024;

    private const string RootSuffix = ".json";
    private const int DigestLength = 64;
    private const int LongestRootVersion = 9;

    private PackFileName(PackFileKind kind, string name)
    {
        Kind = kind;
        Name = name;
    }

    public PackFileKind Kind { get; }

    /// <summary>Within its folder.</summary>
    public string Name { get; }

    /// <summary>The largest that a file of this kind may be, in bytes.</summary>
    public long LargestLength => Kind switch
    {
        PackFileKind.Root => 256 * 1024,
        PackFileKind.Manifest => 1024 * 1024,
        _ => LargestSection,
    };

    /// <summary>What the name promises of the content: the digest of the file, of the section in it, or of what a delta leads to; null for roots.</summary>
    public string? Digest => Kind switch
    {
        PackFileKind.Root => null,
        PackFileKind.Delta => Name[(DigestLength + 1)..],
        _ => Name[..DigestLength],
    };

    /// <summary>The section that a delta starts from.</summary>
    public string DeltaFrom => Kind == PackFileKind.Delta ? Name[..DigestLength] : throw new InvalidOperationException($"{this} is no delta");

    public bool IsCompressed => Name.EndsWith(Compressed, StringComparison.Ordinal);

    public static PackFileName Manifest(string digest) => Make(PackFileKind.Manifest, digest);

    public static PackFileName Blob(string digest) => Make(PackFileKind.Blob, digest);

    public static PackFileName CompressedBlob(string digest) => Make(PackFileKind.Blob, digest + Compressed);

    public static PackFileName Root(int version) => Make(PackFileKind.Root, version.ToString(CultureInfo.InvariantCulture) + RootSuffix);

    public static string FolderOf(PackFileKind kind) => kind switch
    {
        PackFileKind.Root => "root",
        PackFileKind.Manifest => "manifests",
        PackFileKind.Blob => "blobs",
        _ => "deltas",
    };

    /// <summary>Reads <c>folder/name</c>.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out PackFileName? file)
    {
        file = null;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && TryKind(path.AsSpan(0, slash), out var kind) && TryParse(kind, path[(slash + 1)..], out file);
    }

    public static bool TryParse(PackFileKind kind, string name, [NotNullWhen(true)] out PackFileName? file)
    {
        var isName = kind switch
        {
            PackFileKind.Root => IsRoot(name),
            PackFileKind.Manifest => IsDigest(name),
            PackFileKind.Blob => IsDigest(name.EndsWith(Compressed, StringComparison.Ordinal) ? name.AsSpan()[..^Compressed.Length] : name),
            _ => name.Length == (2 * DigestLength) + 1 && name[DigestLength] == '-'
                && IsDigest(name.AsSpan(0, DigestLength)) && IsDigest(name.AsSpan(DigestLength + 1)),
        };
        file = isName ? new PackFileName(kind, name) : null;
        return isName;
    }

    /// <summary>The number in the name of a root.</summary>
    public int RootVersion() => int.Parse(Name.AsSpan(0, Name.Length - RootSuffix.Length), NumberStyles.None, CultureInfo.InvariantCulture);

    public override string ToString() => $"{FolderOf(Kind)}/{Name}";

    private static PackFileName Make(PackFileKind kind, string name) =>
        TryParse(kind, name, out var file) ? file : throw new FormatException($"'{name}' is no name in {FolderOf(kind)}");

    private static bool TryKind(ReadOnlySpan<char> folder, out PackFileKind kind)
    {
        foreach (var known in Enum.GetValues<PackFileKind>())
        {
            if (folder.SequenceEqual(FolderOf(known)))
            {
                kind = known;
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static bool IsRoot(string name)
    {
        if (!name.EndsWith(RootSuffix, StringComparison.Ordinal))
        {
            return false;
        }

        var number = name.AsSpan(0, name.Length - RootSuffix.Length);
        return number.Length is > 0 and <= LongestRootVersion && number[0] != '0' && !number.ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsDigest(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
            {
                return false;
            }
        }

        return text.Length == DigestLength;
    }
}
