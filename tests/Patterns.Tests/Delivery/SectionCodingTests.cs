using MediaSecurityLite.Patterns.Delivery;

namespace MediaSecurityLite.Patterns.Tests.Delivery;

public sealed class SectionCodingTests
{
    private static readonly byte[] Old = RandomBytes(3_000_000, 1);

    [Fact]
    public void Decompress_OfWhatWasCompressed_IsTheSame()
    {
        byte[] text = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i / 100))];
        var coded = SectionCoding.Compress(text, []);

        Assert.True(coded.Length < text.Length / 10);
        Assert.Equal(text, SectionCoding.Decompress(coded, [], text.Length));
    }

    [Fact]
    public void Decompress_OfNothing_IsNothing() => Assert.Empty(SectionCoding.Decompress(SectionCoding.Compress([], []), [], 0));

    [Fact]
    public void Delta_OfOnePercent_IsSmallAndGivesTheNewSection()
    {
        var changed = (byte[])Old.Clone();
        var random = new Random(2);
        for (var i = 0; i < 30_000 / 8; i++)
        {
            random.NextBytes(changed.AsSpan(random.Next(changed.Length / 8) * 8, 8));
        }

        var delta = SectionCoding.Compress(changed, Old);

        Assert.InRange(delta.Length, 30_000, 75_000);
        Assert.Equal(changed, SectionCoding.Decompress(delta, Old, changed.Length));
    }

    [Fact]
    public void Decompress_AgainstAnotherSection_IsRefused()
    {
        var delta = SectionCoding.Compress([.. Old, 1], Old);
        Assert.Throws<InvalidDataException>(() => SectionCoding.Decompress(delta, RandomBytes(Old.Length, 3), Old.Length + 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Decompress_ToAnotherLength_IsRefused(int more)
    {
        var coded = SectionCoding.Compress(Old, []);
        Assert.Throws<InvalidDataException>(() => SectionCoding.Decompress(coded, [], Old.Length + more));
    }

    [Fact]
    public void Decompress_OfACutOrForeignStream_IsRefused()
    {
        var coded = SectionCoding.Compress(new byte[1000], []);
        Assert.Throws<InvalidDataException>(() => SectionCoding.Decompress(coded.AsSpan(0, coded.Length - 1), [], 1000));
        Assert.Throws<InvalidDataException>(() => SectionCoding.Decompress(RandomBytes(500, 4), [], 1000));
    }

    private static byte[] RandomBytes(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
