using System.Text;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Protocols.Http2;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Http2;

public sealed class HpackTests
{
    /// <summary>RFC 7541, appendix C.4 and C.6: three blocks that build on each other.</summary>
    public static TheoryData<string[], string[]> Examples => new()
    {
        {
            ["828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf", "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"],
            [
                ":method: GET|:scheme: http|:path: /|:authority: www.example.com",
                ":method: GET|:scheme: http|:path: /|:authority: www.example.com|cache-control: no-cache",
                ":method: GET|:scheme: https|:path: /index.html|:authority: www.example.com|custom-key: custom-value",
            ]
        },
        {
            [
                "3fe1ff034803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d",
                "4803333037c1c0bf",
            ],
            [
                ":status: 302|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com",
                ":status: 307|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void TryDecode_BlocksOfTheRfc_GivesTheirFields(string[] blocks, string[] expected)
    {
        var decoder = new HpackDecoder(new byte[HpackDecoder.ScratchLength]);
        for (var i = 0; i < blocks.Length; i++)
        {
            var sink = new Sink();

            Assert.True(decoder.TryDecode(Convert.FromHexString(blocks[i]), sink));
            Assert.Equal(expected[i], string.Join('|', sink.Fields));
        }
    }

    [Fact]
    public void TryDecode_TableOf256Bytes_ForgetsTheOldest()
    {
        // RFC 7541, appendix C.5: the second block pushes the first status out.
        var decoder = new HpackDecoder(new byte[HpackDecoder.ScratchLength]);
        var sink = new Sink();

        Assert.True(decoder.TryDecode(
            Convert.FromHexString("3fe1014803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a31333a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d"),
            sink));
        sink.Fields.Clear();
        Assert.True(decoder.TryDecode(Convert.FromHexString("4803333037c1c0bf"), sink));

        Assert.Equal(":status: 307|cache-control: private|date: Mon, 21 Oct 2013 20:13:21 GMT|location: https://www.example.com", string.Join('|', sink.Fields));
        Assert.False(decoder.TryDecode([0xC2], sink));
    }

    [Theory]
    [InlineData("80")] // Index 0.
    [InlineData("BE")] // Nothing in the dynamic table yet.
    [InlineData("3FFFFFFFFF7F")] // A table larger than any bound.
    [InlineData("418CF1E3")] // Cut off.
    [InlineData("4183FFFFFF")] // The end of string within a string.
    public void TryDecode_WhatNoBlockIs_Refuses(string hex) =>
        Assert.False(new HpackDecoder(new byte[HpackDecoder.ScratchLength]).TryDecode(Convert.FromHexString(hex), new Sink()));

    [Property(MaxTest = 500)]
    public void TryDecode_Garbage_NeverThrows(byte[] first, byte[] second)
    {
        var decoder = new HpackDecoder(new byte[HpackDecoder.ScratchLength]);
        decoder.TryDecode(first, new Sink());
        decoder.TryDecode(second, new Sink());
    }

    [Property(MaxTest = 200)]
    public bool Add_ManyFields_KeepsTheNewest(ushort[] lengths)
    {
        var table = new HpackTable();
        var kept = new List<(string Name, string Value)>();
        foreach (var length in lengths)
        {
            var (name, value) = ($"name{kept.Count}", new string((char)('a' + (kept.Count % 26)), length % 3000));
            table.Add(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(value));
            kept.Insert(0, (name, value));
        }

        var room = HpackTable.DefaultSize;
        for (var i = 0; i < kept.Count; i++)
        {
            room -= kept[i].Name.Length + kept[i].Value.Length + 32;
            var isThere = table.TryGet(i, out var name, out var value);
            if (isThere != room >= 0 || (isThere && !(Encoding.ASCII.GetString(name) == kept[i].Name && Encoding.ASCII.GetString(value) == kept[i].Value)))
            {
                return false;
            }

            if (!isThere)
            {
                return true;
            }
        }

        return true;
    }

    private sealed class Sink : IHeaderSink
    {
        public List<string> Fields { get; } = [];

        public void Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Fields.Add($"{Encoding.ASCII.GetString(name)}: {Encoding.ASCII.GetString(value)}");
    }
}
