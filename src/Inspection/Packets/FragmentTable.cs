using System.Buffers;

namespace MediaSecurityLite.Inspection.Packets;

/// <summary>
/// Which datagram a fragment belongs to: for IPv4 addresses, protocol and identification (RFC 791, 3.2), for IPv6 without the
/// protocol (RFC 8200, 4.5), of which only the first fragment's counts.
/// </summary>
internal readonly record struct FragmentKey(IpAddress Source, IpAddress Destination, uint Id, byte Protocol, ushort Vlan)
{
    /// <summary>The framework's seed is another one in every process, so nobody can prepare keys that collide.</summary>
    public override int GetHashCode() => HashCode.Combine(Source.High, Source.Low, Destination.High, Destination.Low, Id, Protocol, Vlan);
}

/// <summary>Puts IP fragments together.</summary>
internal sealed class FragmentTable(FragmentOptions options)
{
    /// <summary>An IP payload is never longer.</summary>
    private const int MaxPayload = 65535;

    private readonly Dictionary<FragmentKey, FragmentedDatagram> _datagrams = [];
    private readonly Stack<FragmentedDatagram> _free = new();
    private FragmentedDatagram? _oldest;
    private FragmentedDatagram? _newest;
    private byte[] _whole = [];

    /// <summary>Bytes held.</summary>
    public long Bytes { get; private set; }

    /// <summary>Datagrams given up because a bound was reached.</summary>
    public long Evicted { get; private set; }

    /// <summary>Datagrams given up because the rest did not come in time.</summary>
    public long Expired { get; private set; }

    /// <summary>Takes one fragment.</summary>
    /// <returns><see cref="DecodeEvent.None"/> with the datagram's payload, valid until the next call, once it is complete.</returns>
    public DecodeEvent Add(
        long now, IpAddress source, IpAddress destination, scoped ref byte protocol, ushort vlan, Fragment piece, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> whole)
    {
        whole = default;
        var odd = piece.HasMore ? payload.Length & 7 : 0;
        if (odd != 0 && source.IsIPv4)
        {
            // Linux takes the rest of it; IPv6 wants it refused (RFC 8200, 4.5).
            payload = payload[..^odd];
            odd = 0;
        }

        if (piece.IsCut || odd != 0 || payload.IsEmpty || piece.Offset + payload.Length > MaxPayload)
        {
            return DecodeEvent.FragmentMalformed;
        }

        Expire(now);
        var key = new FragmentKey(source, destination, piece.Id, source.IsIPv4 ? protocol : (byte)0, vlan);
        if (!_datagrams.TryGetValue(key, out var datagram))
        {
            datagram = Open(key, now);
        }

        var before = datagram.Size;
        var result = datagram.Insert(piece, protocol, payload);
        Bytes += datagram.Size - before;
        if (result == FragmentResult.Impossible)
        {
            Close(datagram);
            return DecodeEvent.FragmentMalformed;
        }

        if (datagram.IsComplete)
        {
            protocol = datagram.Protocol;
            whole = TakeWhole(datagram);
            return DecodeEvent.None;
        }

        if (Bytes > options.MaxBytes)
        {
            Evicted++;
            Close(_oldest!);
            return DecodeEvent.FragmentTableFull;
        }

        return DecodeEvent.FragmentPending;
    }

    /// <summary>Forgets all that waits.</summary>
    public void Clear()
    {
        while (_oldest is not null)
        {
            Close(_oldest);
        }
    }

    private ReadOnlySpan<byte> TakeWhole(FragmentedDatagram datagram)
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

    private FragmentedDatagram Open(in FragmentKey key, long now)
    {
        if (_datagrams.Count >= options.MaxDatagrams)
        {
            Evicted++;
            Close(_oldest!);
        }

        var datagram = _free.TryPop(out var recycled) ? recycled : new FragmentedDatagram();
        datagram.Open(key, now);
        _datagrams.Add(key, datagram);
        datagram.Older = _newest;
        datagram.Newer = null;
        if (_newest is null)
        {
            _oldest = datagram;
        }
        else
        {
            _newest.Newer = datagram;
        }

        _newest = datagram;
        return datagram;
    }

    private void Close(FragmentedDatagram datagram)
    {
        Bytes -= datagram.Size;
        datagram.Release();
        _datagrams.Remove(datagram.Key);
        var (older, newer) = (datagram.Older, datagram.Newer);
        (_oldest, _newest) = (older is null ? newer : _oldest, newer is null ? older : _newest);
        if (older is not null)
        {
            older.Newer = newer;
        }

        if (newer is not null)
        {
            newer.Older = older;
        }

        _free.Push(datagram);
    }

    private void Expire(long now)
    {
        while (_oldest is { } oldest && now - oldest.Opened > options.TimeoutSeconds * 1_000_000_000L)
        {
            Expired++;
            Close(oldest);
        }
    }
}
