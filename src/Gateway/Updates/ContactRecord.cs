using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>
/// What terminals talked to in the last 24 hours, each once per hour: what a new pack is tried on. Held in memory only, in one buffer
/// per hour of at most <see cref="MaxContacts"/> contacts and <see cref="MaxBytes"/>; what does not fit is counted and left out.
/// </summary>
/// <remarks>One thread writes (the one that inspects), any may read; a buffer is made once an hour, nothing else is allocated.</remarks>
internal sealed class ContactRecord : IContactSink
{
    /// <summary>Distinct contacts of one hour.</summary>
    public const int MaxContacts = 8192;

    /// <summary>Bytes of one hour.</summary>
    public const int MaxBytes = 512 * 1024;

    /// <summary>Longer paths are cut: entries of packs are shorter.</summary>
    private const int MaxTarget = 512;

    private const int Hours = 24;
    private const long NanosecondsPerHour = 3_600_000_000_000;

    private readonly Hour?[] _hours = new Hour?[Hours];
    private long _newest;
    private long _missed;

    private enum ContactKind : byte
    {
        Visit,
        Lookup,
        Address,
    }

    /// <summary>Contacts that found no room.</summary>
    public long Missed => Volatile.Read(ref _missed);

    public void OnName(IpAddress terminal, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, bool isLookup, long now)
    {
        if (!host.IsEmpty && host.Length <= byte.MaxValue)
        {
            Add(isLookup ? ContactKind.Lookup : ContactKind.Visit, terminal, host, target[..Math.Min(target.Length, MaxTarget)], now);
        }
    }

    public void OnAddress(IpAddress terminal, IpAddress remote, ushort port, long now)
    {
        Span<byte> end = stackalloc byte[18];
        BinaryPrimitives.WriteUInt64BigEndian(end, remote.High);
        BinaryPrimitives.WriteUInt64BigEndian(end[8..], remote.Low);
        BinaryPrimitives.WriteUInt16BigEndian(end[16..], port);
        Add(ContactKind.Address, terminal, end, [], now);
    }

    /// <summary>What this snapshot finds in the record and the other does not.</summary>
    public BackTestResult Compare(DetectionSnapshot candidate, DetectionSnapshot inForce)
    {
        var result = new BackTestResult.Builder();
        var oldest = Volatile.Read(ref _newest) - Hours;
        for (var i = 0; i < Hours; i++)
        {
            if (Volatile.Read(ref _hours[i]) is { } hour && hour.Number > oldest)
            {
                Compare(hour.Written, candidate, inForce, result);
            }
        }

        return result.Build();
    }

    private static void Compare(ReadOnlySpan<byte> contacts, DetectionSnapshot candidate, DetectionSnapshot inForce, BackTestResult.Builder result)
    {
        while (!contacts.IsEmpty)
        {
            var kind = (ContactKind)contacts[0];
            var terminal = new IpAddress(BinaryPrimitives.ReadUInt64BigEndian(contacts[1..]), BinaryPrimitives.ReadUInt64BigEndian(contacts[9..]));
            var host = contacts.Slice(20, contacts[17]);
            var target = contacts.Slice(20 + host.Length, BinaryPrimitives.ReadUInt16BigEndian(contacts[18..]));
            contacts = contacts[(20 + host.Length + target.Length)..];
            if (Finds(kind, host, target, candidate) && !Finds(kind, host, target, inForce))
            {
                result.Add(terminal, kind == ContactKind.Address ? EndText(host) : System.Text.Encoding.ASCII.GetString(host));
            }
            else
            {
                result.Pass();
            }
        }
    }

    private static bool Finds(ContactKind kind, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, DetectionSnapshot snapshot) =>
        kind == ContactKind.Address
            ? ContactCheck.FindsAddress(Remote(host), BinaryPrimitives.ReadUInt16BigEndian(host[16..]), snapshot)
            : ContactCheck.FindsName(host, target, kind == ContactKind.Lookup, snapshot);

    private static IpAddress Remote(ReadOnlySpan<byte> end) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(end), BinaryPrimitives.ReadUInt64BigEndian(end[8..]));

    private static string EndText(ReadOnlySpan<byte> end) => Remote(end).ToString();

    private void Add(ContactKind kind, IpAddress terminal, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, long now)
    {
        var number = now / NanosecondsPerHour;
        ref var slot = ref _hours[(int)((ulong)number % Hours)];
        if (slot is not { } hour || hour.Number != number)
        {
            hour = new Hour(number);
            Volatile.Write(ref slot, hour);
            Volatile.Write(ref _newest, Math.Max(_newest, number));
        }

        if (!hour.TryAdd((byte)kind, terminal, host, target))
        {
            Volatile.Write(ref _missed, _missed + 1);
        }
    }

    /// <summary>An append-only buffer with a hash table over it. Readers see only what was written whole.</summary>
    private sealed class Hour(long number)
    {
        private const int Slots = 2 * MaxContacts;

        private readonly ulong[] _hashes = new ulong[Slots];
        private readonly byte[] _bytes = new byte[MaxBytes];
        private int _count;
        private int _written;

        public long Number { get; } = number;

        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Volatile.Read(ref _written));

        /// <returns>False where there is no room; true also where it is known.</returns>
        public bool TryAdd(byte kind, IpAddress terminal, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target)
        {
            var length = 20 + host.Length + target.Length;
            var room = _bytes.AsSpan(_written);
            if (room.Length < length)
            {
                return false;
            }

            room[0] = kind;
            BinaryPrimitives.WriteUInt64BigEndian(room[1..], terminal.High);
            BinaryPrimitives.WriteUInt64BigEndian(room[9..], terminal.Low);
            room[17] = (byte)host.Length;
            BinaryPrimitives.WriteUInt16BigEndian(room[18..], (ushort)target.Length);
            host.CopyTo(room[20..]);
            target.CopyTo(room[(20 + host.Length)..]);
            var hash = Hash(room[..length]);
            var place = (int)(hash % Slots);
            while (_hashes[place] != 0)
            {
                if (_hashes[place] == hash)
                {
                    return true;
                }

                place = (place + 1) % Slots;
            }

            if (_count == MaxContacts)
            {
                return false;
            }

            _hashes[place] = hash;
            _count++;
            Volatile.Write(ref _written, _written + length);
            return true;
        }

        /// <summary>FNV-1a of 64 bits, never 0. Two contacts with one hash are taken for one, which a pack's trial can bear.</summary>
        private static ulong Hash(ReadOnlySpan<byte> bytes)
        {
            var hash = 14695981039346656037;
            foreach (var value in bytes)
            {
                hash = (hash ^ value) * 1099511628211;
            }

            return hash | 1;
        }
    }
}
