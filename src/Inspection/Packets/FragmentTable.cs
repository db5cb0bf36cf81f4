using System.Buffers;

namespace MediaSecurityLite.Inspection.Packets;

/// <summary>One fragment's place in its datagram.</summary>
/// <param name="Id">Identification field.</param>
/// <param name="Offset">Where it lies in the datagram's payload, in bytes.</param>
/// <param name="HasMore">False for the last one.</param>
/// <param name="IsCut">The capture holds less of it than the wire did.</param>
internal readonly record struct Fragment(uint Id, int Offset, bool HasMore, bool IsCut);

/// <summary>
/// Puts IP fragments together. Where fragments overlap, the data that came first stays, as Windows and Linux (for what it
/// accepts at all) take it; IPv6 datagrams with overlaps are given up (RFC 5722).
/// </summary>
internal sealed class FragmentTable(FragmentOptions options)
{
    /// <summary>An IP payload is never longer.</summary>
    private const int MaxPayload = 65535;

    private readonly Dictionary<Key, Datagram> _datagrams = [];
    private readonly LinkedList<Datagram> _byAge = new();
    private byte[] _whole = [];

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes one fragment.</summary>
    /// <returns><see cref="DecodeEvent.None"/> with the datagram's payload, valid until the next call, once it is complete.</returns>
    public DecodeEvent Add(
        long now, IpAddress source, IpAddress destination, byte protocol, ushort vlan, Fragment piece, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> whole)
    {
        whole = default;
        if (piece.IsCut || payload.IsEmpty || piece.Offset + payload.Length > MaxPayload || (piece.HasMore && payload.Length % 8 != 0))
        {
            return DecodeEvent.FragmentMalformed;
        }

        Expire(now);
        var key = new Key(source, destination, piece.Id, protocol, vlan);
        if (!_datagrams.TryGetValue(key, out var datagram))
        {
            datagram = Open(key, now);
        }

        var before = datagram.Size;
        var accepted = datagram.Insert(piece, payload);
        Bytes += datagram.Size - before;
        if (!accepted)
        {
            if (!source.IsIPv4)
            {
                Close(datagram);
            }

            return DecodeEvent.FragmentMalformed;
        }

        if (datagram.IsComplete)
        {
            whole = TakeWhole(datagram);
            return DecodeEvent.None;
        }

        if (Bytes > options.MaxBytes)
        {
            Close(_byAge.First!.Value);
            return DecodeEvent.FragmentTableFull;
        }

        return DecodeEvent.FragmentPending;
    }

    private ReadOnlySpan<byte> TakeWhole(Datagram datagram)
    {
        // Swapping keeps the bytes valid for the caller without a copy; the buffer before goes back to the pool.
        var returned = _whole;
        var length = datagram.Length;
        _whole = datagram.TakeBuffer();
        Bytes -= _whole.Length;
        Close(datagram);
        if (returned.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(returned);
        }

        return _whole.AsSpan(0, length);
    }

    private Datagram Open(Key key, long now)
    {
        if (_datagrams.Count >= options.MaxDatagrams)
        {
            Close(_byAge.First!.Value);
        }

        var datagram = new Datagram(key, now);
        datagram.Node = _byAge.AddLast(datagram);
        _datagrams.Add(key, datagram);
        return datagram;
    }

    private void Close(Datagram datagram)
    {
        Bytes -= datagram.Size;
        datagram.Release();
        _datagrams.Remove(datagram.Key);
        _byAge.Remove(datagram.Node!);
    }

    private void Expire(long now)
    {
        while (_byAge.First is { } oldest && now - oldest.Value.Opened > options.TimeoutSeconds * 1_000_000_000L)
        {
            Close(oldest.Value);
        }
    }

    private readonly record struct Key(IpAddress Source, IpAddress Destination, uint Id, byte Protocol, ushort Vlan);

    private sealed class Datagram(Key key, long opened)
    {
        /// <summary>A datagram of more pieces is an attack on reassembly; 65,535 bytes in pieces of an Ethernet frame are 45.</summary>
        private const int MaxPieces = 256;

        private readonly List<(int Start, int End)> _pieces = [];
        private byte[] _buffer = [];
        private int _received;

        public Key Key { get; } = key;

        public long Opened { get; } = opened;

        public LinkedListNode<Datagram>? Node { get; set; }

        public int Length { get; private set; } = -1;

        public int Size => _buffer.Length;

        public bool IsComplete => Length >= 0 && _received == Length;

        public bool Insert(Fragment piece, ReadOnlySpan<byte> payload)
        {
            var (start, end) = (piece.Offset, piece.Offset + payload.Length);
            if (!piece.HasMore)
            {
                if (Length >= 0 && Length != end)
                {
                    return false;
                }

                Length = end;
            }

            if ((Length >= 0 && end > Length) || _pieces.Count == MaxPieces)
            {
                return false;
            }

            Grow(end);
            return Fill(start, end, payload);
        }

        public byte[] TakeBuffer()
        {
            var buffer = _buffer;
            _buffer = [];
            return buffer;
        }

        public void Release()
        {
            if (_buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = [];
            }
        }

        /// <summary>Copies what no earlier fragment brought. False for an overlap in IPv6.</summary>
        private bool Fill(int start, int end, ReadOnlySpan<byte> payload)
        {
            var cursor = start;
            var index = 0;
            for (; index < _pieces.Count && cursor < end; index++)
            {
                var (from, to) = _pieces[index];
                if (to <= cursor)
                {
                    continue;
                }

                if (from >= end)
                {
                    break;
                }

                if (!Key.Source.IsIPv4 && (from != start || to != end))
                {
                    return false;
                }

                if (from > cursor)
                {
                    Store(index++, cursor, from, payload[(cursor - start)..(from - start)]);
                }

                cursor = to;
            }

            if (cursor < end)
            {
                Store(index, cursor, end, payload[(cursor - start)..]);
            }

            return true;
        }

        private void Store(int index, int from, int to, ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_buffer.AsSpan(from));
            _pieces.Insert(index, (from, to));
            _received += to - from;
        }

        private void Grow(int needed)
        {
            if (needed <= _buffer.Length)
            {
                return;
            }

            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 4096));
            _buffer.CopyTo(larger, 0);
            Release();
            _buffer = larger;
        }
    }
}
