using MediaSecurityLite.Inspection.Packets;
using SharpPcap;
using SharpPcap.LibPcap;

namespace MediaSecurityLite.Capture.Live;

/// <summary>Frames as they pass an interface, through libpcap (monitor mode).</summary>
public sealed class LiveSource : IFrameSource
{
    /// <summary>Frames wait here while the engine is busy: at 1 Gbit/s this is a quarter of a second.</summary>
    private const int KernelBufferBytes = 32 << 20;

    private const int SnapLength = 262_144;
    private const int ReadTimeoutMilliseconds = 100;

    private readonly LibPcapLiveDevice _device;
    private readonly LinkType _link;
    private readonly string _name;
    private byte[] _bytes = new byte[2048];
    private int _length;
    private long _timestamp;

    private LiveSource(LibPcapLiveDevice device, string name)
    {
        _device = device;
        _name = name;
        _link = (LinkType)(int)device.LinkType;
    }

    public Frame Current => new(_bytes.AsSpan(0, _length), _link, _timestamp);

    public long Dropped
    {
        get
        {
            var statistics = _device.Statistics;
            return statistics.DroppedPackets + statistics.InterfaceDroppedPackets;
        }
    }

    /// <summary>Opens an interface in promiscuous mode.</summary>
    /// <exception cref="CaptureException">There is no such interface, or no right to capture on it.</exception>
    public static LiveSource Open(string name)
    {
        try
        {
            var device = LibPcapLiveDeviceList.Instance.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new CaptureException($"interface '{name}': not found on this machine (or no right to capture: CAP_NET_RAW)");
            device.Open(new DeviceConfiguration
            {
                Mode = DeviceModes.Promiscuous,
                ReadTimeout = ReadTimeoutMilliseconds,
                Snaplen = SnapLength,
                BufferSize = KernelBufferBytes,
            });
            return new LiveSource(device, name);
        }
        catch (Exception exception) when (exception is PcapException or DllNotFoundException)
        {
            throw new CaptureException($"interface '{name}': {exception.Message}", exception);
        }
    }

    public SourceStatus MoveNext()
    {
        switch (_device.GetNextPacket(out var packet))
        {
            case GetPacketStatus.PacketRead:
                Take(packet);
                return SourceStatus.Frame;
            case GetPacketStatus.ReadTimeout:
                return SourceStatus.Idle;
            default:
                throw new CaptureException($"interface '{_name}': {_device.LastError}");
        }
    }

    public void Dispose() => _device.Dispose();

    /// <summary>libpcap's memory is only lent for as long as its own call lasts, and a ref struct cannot be a field: one copy.</summary>
    private void Take(PacketCapture packet)
    {
        var data = packet.Data;
        if (data.Length > _bytes.Length)
        {
            _bytes = new byte[data.Length];
        }

        data.CopyTo(_bytes);
        _length = data.Length;
        var time = packet.Header.Timeval;
        _timestamp = ((long)time.Seconds * 1_000_000_000) + ((long)time.MicroSeconds * 1000);
    }
}
