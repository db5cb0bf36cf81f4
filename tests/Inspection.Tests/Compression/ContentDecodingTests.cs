using System.IO.Compression;
using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Compression;

namespace MediaSecurityLite.Inspection.Tests.Compression;

public sealed class ContentDecodingTests
{
    private static readonly byte[] Text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 800).Select(i => $"line {i} of a page\n")));

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "", Text },
        { "identity", Text },
        { "gzip", Gzip(Text) },
        { "X-GZIP", Gzip(Text) },
        { "deflate", Zlib(Text) },
        { "deflate", Deflate(Text) },
        { "gzip", Zlib(Text) },
        { "br", Brotli(Text) },
        { "gzip, gzip", Gzip(Gzip(Text)) },
        { "deflate,br", Brotli(Zlib(Text)) },
        { "gzip", Text }, // Said, but not done.
        { "gzip", [0x41] },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Append_InPiecesOfAnySize_GivesTheContent(string contentEncoding, byte[] body)
    {
        var expected = body.Length == 1 ? body : Text;
        foreach (var pieceLength in (int[])[1, 2, 11, 1000, 1 << 20])
        {
            var content = Decode(contentEncoding, body, pieceLength, out var isIncomplete);

            Assert.False(isIncomplete);
            Assert.Equal(Encoding.Latin1.GetString(expected), Encoding.Latin1.GetString(content));
        }
    }

    [Fact]
    public void Append_GzipWithAllHeaderFields_GivesTheContent()
    {
        byte[] header = [0x1F, 0x8B, 8, 0x1E, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, .. "a name\0a comment\0"u8, 1, 2];

        var content = Decode("gzip", [.. header, .. Deflate(Text), 0, 0, 0, 0, 0, 0, 0, 0], 5, out _);

        Assert.Equal(Text, content);
    }

    [Fact]
    public void Append_SwellsOutOfProportion_StopsAtTheBound()
    {
        var content = Decode("gzip", Gzip(new byte[8 << 20]), 1400, out var isIncomplete);

        Assert.True(isIncomplete);
        Assert.InRange(content.Length, 1 << 20, 2 << 20);
    }

    [Fact]
    public void Append_TwiceSwollen_StopsAtTheBound()
    {
        var content = Decode("gzip, gzip", Gzip(Gzip(new byte[8 << 20])), 1400, out var isIncomplete);

        Assert.True(isIncomplete);
        Assert.InRange(content.Length, 0, 2 << 20);
    }

    [Fact]
    public void Append_MoreCodingsThanTheBound_IsIncomplete()
    {
        Decode("gzip, gzip, gzip, gzip", Gzip(Gzip(Gzip(Gzip(Text)))), 1400, out var isIncomplete);

        Assert.True(isIncomplete);
    }

    [Fact]
    public void Append_BrokenInTheMiddle_IsIncomplete()
    {
        // A stored block, then one of a type that does not exist (RFC 1951, 3.2.3).
        byte[] body = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0, 3, 0, 0xFC, 0xFF, .. "abc"u8, 7, 1, 2, 3];

        var content = Decode("gzip", body, 7, out var isIncomplete);

        Assert.True(isIncomplete);
        Assert.Equal("abc"u8.ToArray(), content);
    }

    [Fact]
    public void Take_AllDecodersInUse_RefusesAndCounts()
    {
        var pool = new ContentDecoderPool();
        var taken = new List<ContentDecoder>();
        while (pool.Take(ContentCoding.Brotli) is { } decoder)
        {
            taken.Add(decoder);
        }

        Assert.Equal(1, pool.Refused);
        Assert.NotNull(pool.Take(ContentCoding.Deflate));
        pool.Return(taken[0]);
        Assert.NotNull(pool.Take(ContentCoding.Brotli));
    }

    [Property(MaxTest = 300)]
    public void Append_Garbage_NeverThrows(byte[] garbage, byte pieceLength, byte coding) =>
        Decode(new[] { "gzip", "br", "deflate, gzip", "gzip, br" }[coding % 4], garbage, pieceLength + 1, out _);

    [Property(MaxTest = 200)]
    public void Append_OneByteChanged_NeverThrows(ushort position, byte value, bool isBrotli)
    {
        var body = isBrotli ? Brotli(Text) : Gzip(Text);
        body[position % body.Length] = value;

        Decode(isBrotli ? "br" : "gzip", body, 50, out _);
    }

    private static byte[] Decode(string contentEncoding, byte[] body, int pieceLength, out bool isIncomplete)
    {
        var sink = new Sink();
        var decoding = new ContentDecoding(new ContentDecoderPool());
        decoding.Begin(Encoding.ASCII.GetBytes(contentEncoding));
        foreach (var piece in body.Chunk(pieceLength))
        {
            decoding.Append(piece, sink);
        }

        decoding.Finish(sink);
        isIncomplete = decoding.IsIncomplete;
        return [.. sink.Bytes];
    }

    private static byte[] Gzip(byte[] bytes) => Compress(bytes, target => new GZipStream(target, CompressionLevel.SmallestSize));

    private static byte[] Zlib(byte[] bytes) => Compress(bytes, target => new ZLibStream(target, CompressionLevel.SmallestSize));

    private static byte[] Deflate(byte[] bytes) => Compress(bytes, target => new DeflateStream(target, CompressionLevel.SmallestSize));

    private static byte[] Brotli(byte[] bytes) => Compress(bytes, target => new BrotliStream(target, CompressionLevel.Fastest));

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> open)
    {
        using var target = new MemoryStream();
        using (var stream = open(target))
        {
            stream.Write(bytes);
        }

        return target.ToArray();
    }

    private sealed class Sink : IContentSink
    {
        public List<byte> Bytes { get; } = [];

        public void Content(ReadOnlySpan<byte> bytes) => Bytes.AddRange(bytes);
    }
}
