using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Tests.Traffic;

namespace MediaSecurityLite.Inspection.Tests.Protocols;

/// <summary>The conversation of every stream protocol, with the segments of each side's turn in disorder, doubled, and overlapping.</summary>
public sealed class SegmentOrderTests
{
    private const int HeaderLength = 54;
    private const int Rounds = 12;

    public static TheoryData<string> Streams => [.. SampleStreams.All.Keys];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Stream_InWhateverOrderAndOverlap_GivesTheSameRecords(string protocol)
    {
        var expected = Replaying.Of(SampleStreams.Conversation(protocol, 1400).Frames).Essence();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var frames = SampleStreams.Conversation(protocol, random.Next(1, 40)).Frames;

            var replaying = Replaying.Of(Disorder(frames, random));

            Assert.Equal(expected, replaying.Essence());
            Assert.Equal((0, 0), (replaying.Inspector.Counters.Streams.Conflicts, replaying.Inspector.Counters.Streams.Gaps));
        }
    }

    /// <summary>The sides keep their turns: a turn is what one says before the other acknowledges it.</summary>
    private static IEnumerable<byte[]> Disorder(List<byte[]> frames, Random random)
    {
        var turn = new List<byte[]>();
        foreach (var frame in frames)
        {
            if (frame.Length > HeaderLength)
            {
                turn.Add(frame);
                continue;
            }

            foreach (var segment in Disturb(turn, random))
            {
                yield return segment;
            }

            turn.Clear();
            yield return frame;
        }
    }

    private static byte[][] Disturb(List<byte[]> turn, Random random)
    {
        var segments = turn.ToList();
        for (var i = 0; i + 1 < turn.Count; i++)
        {
            if (random.Next(4) == 0)
            {
                segments.Add(random.Next(2) == 0 ? turn[i] : Joined(turn[i], turn[i + 1]));
            }
        }

        var shuffled = segments.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static byte[] Joined(byte[] first, byte[] second)
    {
        byte[] joined = [.. first, .. second.AsSpan(HeaderLength)];
        BinaryPrimitives.WriteUInt16BigEndian(joined.AsSpan(16), (ushort)(joined.Length - 14));
        return joined;
    }
}
