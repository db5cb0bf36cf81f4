using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ssdp;

/// <summary>The headers of SSDP that tell what a device is.</summary>
internal ref struct SsdpMessage
{
    private ReadOnlySpan<byte> _method;

    /// <summary>M-SEARCH, NOTIFY, or HTTP/1.1 for an answer; set from the first line.</summary>
    public ReadOnlySpan<byte> Method
    {
        readonly get => _method;
        set
        {
            var space = value.IndexOf((byte)' ');
            _method = space < 0 ? value : value[..space];
        }
    }

    /// <summary>ST or NT: what is searched for or announced.</summary>
    public ReadOnlySpan<byte> Target { get; private set; }

    /// <summary>Operating system and product of the device.</summary>
    public ReadOnlySpan<byte> Server { get; private set; }

    /// <summary>Where its description lies.</summary>
    public ReadOnlySpan<byte> Location { get; private set; }

    public ReadOnlySpan<byte> UserAgent { get; private set; }

    public void Take(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return;
        }

        var name = line[..colon];
        var value = line[(colon + 1)..].Trim((byte)' ');
        if (Ascii.EqualsIgnoreCase(name, "st"u8) || Ascii.EqualsIgnoreCase(name, "nt"u8))
        {
            Target = value;
        }
        else if (Ascii.EqualsIgnoreCase(name, "server"u8))
        {
            Server = value;
        }
        else if (Ascii.EqualsIgnoreCase(name, "location"u8))
        {
            Location = value;
        }
        else if (Ascii.EqualsIgnoreCase(name, "user-agent"u8))
        {
            UserAgent = value;
        }
    }
}
