using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MediaSecurityLite.Enforcement.Native;

namespace MediaSecurityLite.Enforcement.Queue;

/// <summary>
/// One queue of the kernel (NFQUEUE), spoken to by netlink without a library: packets come in batches, all verdicts of a batch
/// go back in one send, and nothing is allocated per packet.
/// </summary>
/// <remarks>One thread receives and decides. Packets of a batch are valid until the next <see cref="Receive"/>.</remarks>
internal sealed unsafe class PacketQueue : IDisposable
{
    /// <summary>Packets taken at once.</summary>
    public const int BatchSize = 64;

    /// <summary>The kernel's limit for one packet. Not less: where it joined segments, a name may stand anywhere in them.</summary>
    private const int CopyRange = 65_531;

    /// <summary>A packet and the attributes before it.</summary>
    private const int MessageBytes = CopyRange + 512;

    /// <summary>Header, verdict and mark.</summary>
    private const int VerdictBytes = 40;

    /// <summary>100,000 small packets a second lose nothing with it.</summary>
    private const int SocketBufferBytes = 32 << 20;

    private readonly int _socket;
    private readonly ushort _number;
    private readonly byte* _memory;
    private readonly MessageHeader* _messages;
    private readonly byte[] _verdicts = GC.AllocateUninitializedArray<byte>(BatchSize * VerdictBytes, pinned: true);
    private int _verdictLength;
    private uint _lastId;

    private PacketQueue(int socket, ushort number)
    {
        _socket = socket;
        _number = number;
        _memory = (byte*)NativeMemory.Alloc(BatchSize, MessageBytes);
        _messages = (MessageHeader*)NativeMemory.AllocZeroed(BatchSize, (nuint)(sizeof(MessageHeader) + sizeof(IoVector)));
        var vectors = (IoVector*)(_messages + BatchSize);
        for (var i = 0; i < BatchSize; i++)
        {
            vectors[i] = new IoVector { Base = _memory + (i * MessageBytes), Length = MessageBytes };
            _messages[i].Vectors = vectors + i;
            _messages[i].VectorCount = 1;
        }
    }

    /// <summary>Times the kernel had no room left in the socket's buffer; it dropped what came then.</summary>
    public long Overruns { get; private set; }

    /// <summary>
    /// Packets that the kernel numbered for us and could not hand over: they passed uninspected, or were dropped where the queue
    /// is closed when full.
    /// </summary>
    public long Missed { get; private set; }

    /// <summary>Messages that were no packets: verdicts that came too late, mostly.</summary>
    public long Refused { get; private set; }

    /// <exception cref="EnforcementException">No right to do it, or another program reads this queue.</exception>
    public static PacketQueue Open(QueueOptions options)
    {
        var socket = LibC.Socket(LibC.AfNetlink, LibC.SockRaw | LibC.SockCloseOnExec, LibC.NetlinkNetfilter);
        if (socket < 0)
        {
            throw Failure("cannot be opened");
        }

        var queue = new PacketQueue(socket, options.Number);
        try
        {
            queue.Configure(options);
            return queue;
        }
        catch
        {
            queue.Dispose();
            throw;
        }

        EnforcementException Failure(string what) => new($"queue {options.Number}: {what}: {LibC.LastErrorText}");
    }

    /// <summary>Waits for packets and takes those that are there.</summary>
    /// <returns>How many messages came; 0 if none came in time.</returns>
    public int Receive()
    {
        var count = LibC.ReceiveMany(_socket, _messages, BatchSize, LibC.MsgWaitForOne, null);
        if (count >= 0)
        {
            return count;
        }

        switch (LibC.LastError)
        {
            case LibC.ErrorAgain or LibC.ErrorInterrupted:
                return 0;
            case LibC.ErrorNoBuffers:
                Overruns++;
                return 0;
            default:
                throw new EnforcementException($"queue {_number}: {LibC.LastErrorText}");
        }
    }

    /// <summary>A packet of the batch.</summary>
    public bool TryGet(int index, out QueuedPacket packet)
    {
        var message = new Span<byte>(_memory + (index * MessageBytes), (int)_messages[index].Length);
        if (QueuedPacket.TryRead(message, out packet))
        {
            Missed += packet.Id - _lastId - 1; // the kernel counts from 1, round after 2³²
            _lastId = packet.Id;
            return true;
        }

        Refused++;
        return false;
    }

    /// <summary>Notes what shall happen to a packet of the batch; <see cref="Send"/> tells the kernel.</summary>
    public void Decide(in QueuedPacket packet, QueueVerdict verdict)
    {
        var writer = new NetlinkWriter(_verdicts.AsSpan(_verdictLength));
        writer.Begin(Netlink.Verdict, Netlink.Request, _number);
        var header = writer.Add((ushort)QueueAttribute.VerdictHeader, 8);
        BinaryPrimitives.WriteUInt32BigEndian(header, verdict.IsDrop ? 0u : 1u);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], packet.Id);
        if (verdict.Mark is not 0)
        {
            writer.Add((ushort)QueueAttribute.Mark, FlowMark.With(packet.Mark, verdict.Mark));
        }

        writer.End();
        _verdictLength += writer.Length;
    }

    /// <summary>Sends the verdicts that were noted.</summary>
    public void Send()
    {
        if (_verdictLength == 0)
        {
            return;
        }

        fixed (byte* verdicts = _verdicts)
        {
            if (LibC.Send(_socket, verdicts, _verdictLength, 0) < 0 && LibC.LastError is var error and not LibC.ErrorInterrupted)
            {
                throw new EnforcementException($"queue {_number}: verdicts are refused: {LibC.LastErrorText} ({error})");
            }
        }

        _verdictLength = 0;
    }

    public void Dispose()
    {
        _ = LibC.Close(_socket);
        NativeMemory.Free(_memory);
        NativeMemory.Free(_messages);
    }

    private void Configure(QueueOptions options)
    {
        const byte Bind = 1;
        const byte CopyPacket = 2;
        const uint FailOpen = 1;
        const uint KeepJoined = 4; // F_GSO: what the network card joined need not be cut again for us
        var buffer = SocketBufferBytes;
        var patience = new TimeValue { Microseconds = (long)options.Patience.TotalMicroseconds };
        Check(LibC.SetOption(_socket, LibC.SolSocket, LibC.SoReceiveBufferForce, &buffer, sizeof(int)), "has no room");
        Check(LibC.SetOption(_socket, LibC.SolSocket, LibC.SoReceiveTimeout, &patience, sizeof(TimeValue)), "takes no limit of time");

        // sockaddr_nl: the kernel chooses our address.
        var address = stackalloc byte[12];
        new Span<byte>(address, 12).Clear();
        *(ushort*)address = LibC.AfNetlink;
        Check(LibC.Bind(_socket, address, 12), "has no address");

        Span<byte> message = stackalloc byte[128];
        var writer = new NetlinkWriter(message);
        writer.Begin(Netlink.Config, Netlink.Request | Netlink.Acknowledge, _number);
        writer.Add((ushort)QueueConfiguration.Command, 4)[0] = Bind;
        var parameters = writer.Add((ushort)QueueConfiguration.Parameters, 5);
        BinaryPrimitives.WriteUInt32BigEndian(parameters, CopyRange);
        parameters[4] = CopyPacket;
        writer.Add((ushort)QueueConfiguration.MaxLength, options.MaxWaiting);
        writer.Add((ushort)QueueConfiguration.Mask, FailOpen | KeepJoined);
        writer.Add((ushort)QueueConfiguration.Flags, KeepJoined | (options.PassesWhenFull ? FailOpen : 0));
        writer.End();
        fixed (byte* bytes = writer.Written)
        {
            Check((int)LibC.Send(_socket, bytes, writer.Length, 0), "cannot be asked for");
        }

        ReadAnswer();
    }

    /// <summary>nlmsgerr behind the header: 0, or a negative errno. Packets may already come before it.</summary>
    private void ReadAnswer()
    {
        while (true)
        {
            var count = LibC.ReceiveMany(_socket, _messages, 1, 0, null);
            Check(count, "does not answer");
            var message = new ReadOnlySpan<byte>(_memory, (int)_messages[0].Length);
            if (MemoryMarshal.Read<ushort>(message[4..]) != Netlink.Error)
            {
                continue;
            }

            var error = -MemoryMarshal.Read<int>(message[Netlink.HeaderLength..]);
            if (error != 0)
            {
                throw new EnforcementException($"queue {_number}: the kernel refuses it: {Marshal.GetPInvokeErrorMessage(error)}");
            }

            return;
        }
    }

    private void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new EnforcementException($"queue {_number}: {what}: {LibC.LastErrorText}");
        }
    }
}
