using System.Security.Cryptography;
using System.Text;
using MediaSecurityLite.Inspection.Files;

namespace MediaSecurityLite.Inspection.Tests.Files;

public sealed class FileTests
{
    public static TheoryData<byte[], string> Heads => new()
    {
        { Executable(0x0102), "PE executable" },
        { Executable(0x2002), "PE executable (DLL)" },
        { "MZ"u8.ToArray(), "MS-DOS executable" },
        { [0x7F, .. "ELF"u8, 2, 1], "ELF" },
        { "%PDF-1.7"u8.ToArray(), "PDF document" },
        { [.. "PK\u0003\u0004"u8, .. new byte[26], .. "[Content_Types].xml"u8], "Microsoft OOXML document" },
        { [.. "PK\u0003\u0004"u8, .. new byte[26], .. "a.txt"u8], "Zip archive" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "OLE 2 compound document" },
        { [0xFF, 0xD8, 0xFF, 0xE0], "JPEG image" },
        { [0x1F, 0x8B, 8, 0], "gzip archive" },
        { [.. new byte[257], .. "ustar\0"u8], "tar archive" },
        { "\r\n<!DOCTYPE HTML>"u8.ToArray(), "HTML document" },
        { "plain text"u8.ToArray(), "" },
        { [], "" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Of_KnownFormat_IsNamed(byte[] head, string expected) => Assert.Equal(expected, Encoding.ASCII.GetString(FileMagic.Of(head)));

    [Fact]
    public void Of_AnyPrefixOfAnyFormat_NeverThrows()
    {
        foreach (var (head, _) in Heads.Select(row => ((byte[])row.Data.Item1, row.Data.Item2)))
        {
            for (var length = 0; length <= head.Length; length++)
            {
                FileMagic.Of(head.AsSpan(0, length));
            }
        }
    }

    [Fact]
    public void End_Whole_HasTheDigestOfAllBytes()
    {
        using var file = new TrackedFile();
        file.Begin("a.bin"u8);
        file.Append("abc"u8);
        file.Append("def"u8);
        file.End(isComplete: true);

        Assert.True(file.HasDigest);
        Assert.Equal(SHA256.HashData("abcdef"u8), file.Digest.ToArray());
    }

    [Fact]
    public void Begin_Again_ForgetsTheFileBefore()
    {
        using var file = new TrackedFile();
        file.Begin("first"u8);
        file.Append("never ended"u8);
        file.Begin("second"u8);
        file.Append("x"u8);
        file.End(isComplete: true);

        Assert.Equal(SHA256.HashData("x"u8), file.Digest.ToArray());
        Assert.Equal(1, file.Size);
    }

    [Fact]
    public void Append_BeyondTheLimit_CountsOnWithoutDigest()
    {
        using var file = new TrackedFile(maxBytes: 4);
        file.Begin("big"u8);
        file.Append("abcd"u8);
        file.Append("e"u8);
        file.End(isComplete: true);

        Assert.Equal(5, file.Size);
        Assert.False(file.IsComplete);
        Assert.False(file.HasDigest);
    }

    [Fact]
    public void Skip_Missing_HasNoDigest()
    {
        using var file = new TrackedFile();
        file.Begin("gap"u8);
        file.Append("ab"u8);
        file.Skip(10);
        file.End(isComplete: true);

        Assert.Equal(12, file.Size);
        Assert.False(file.HasDigest);
    }

    [Fact]
    public void Take_AllInUse_RefusesAndCounts()
    {
        var pool = new FilePool(new FileTrackingOptions { MaxOpen = 1 });
        using var file = pool.Take()!;

        Assert.Null(pool.Take());
        Assert.Equal(1, pool.Refused);
        pool.Return(file);
        Assert.Same(file, pool.Take());
    }

    private static byte[] Executable(ushort characteristics)
    {
        var head = new byte[0x80 + 24];
        "MZ"u8.CopyTo(head);
        head[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(head.AsSpan(0x80));
        (head[0x80 + 22], head[0x80 + 23]) = ((byte)characteristics, (byte)(characteristics >> 8));
        return head;
    }
}
