using System.Buffers.Binary;

namespace MediaSecurityLite.Fuzz;

/// <summary>Changes seeds at random and runs a target over them; the same seed number gives the same inputs.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    private const int MaxLength = 4096;
    private static readonly byte[] Interesting = [0, 1, 2, 3, 0x7F, 0x80, 0xC0, 0xFE, 0xFF, (byte)'\r', (byte)'\n', (byte)' '];

    private readonly Random _random = new(seed);

    /// <summary>Runs <paramref name="inputs"/> inputs.</summary>
    /// <returns>The first input that made the target throw, and what it threw; null if none did.</returns>
    public (byte[] Input, Exception Exception)? Run(int inputs)
    {
        for (var i = 0; i < inputs; i++)
        {
            var input = i < target.Seeds.Count ? target.Seeds[i] : Mutate(target.Seeds[_random.Next(target.Seeds.Count)]);
            try
            {
                target.Run(input);
            }
#pragma warning disable CA1031 // Whatever a target throws is the finding.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return (input, exception);
            }
        }

        return null;
    }

    private byte[] Mutate(byte[] origin)
    {
        var input = origin.ToList();
        for (var changes = _random.Next(1, 8); changes > 0; changes--)
        {
            var at = _random.Next(input.Count + 1);
            switch (_random.Next(7))
            {
                case 0 when at < input.Count:
                    input[at] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when at < input.Count:
                    input[at] = Interesting[_random.Next(Interesting.Length)];
                    break;
                case 2 when at + 2 <= input.Count:
                    WriteLength(input, at);
                    break;
                case 3:
                    input.RemoveRange(at, _random.Next(input.Count - at + 1));
                    break;
                case 4 when input.Count < MaxLength:
                    input.InsertRange(at, Enumerable.Range(0, _random.Next(1, 64)).Select(_ => (byte)_random.Next(256)));
                    break;
                case 5 when input.Count is > 0 and < MaxLength:
                    var from = _random.Next(input.Count);
                    input.InsertRange(at, input.GetRange(from, _random.Next(input.Count - from + 1)));
                    break;
                default:
                    // Cut into other segments: the header byte of the first piece.
                    if (input.Count > 0)
                    {
                        input[0] = (byte)((input[0] & 0x80) | _random.Next(128));
                    }

                    break;
            }
        }

        return [.. input];
    }

    private void WriteLength(List<byte> input, int at)
    {
        Span<byte> number = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)(_random.Next(2) == 0 ? _random.Next(65536) : _random.Next(300)));
        (input[at], input[at + 1]) = (number[0], number[1]);
    }
}
