using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Dhcp;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about DHCP. <c>parameter_list</c> is our own: the list as it was sent, which tells operating systems apart.</content>
internal sealed partial class EveWriter
{
    public void Dhcp(Flow flow, in DhcpMessage message, long now)
    {
        Begin("dhcp"u8, flow, now);
        _json.Raw(message.IsReply ? ",\"dhcp\":{\"type\":\"reply\""u8 : ",\"dhcp\":{\"type\":\"request\""u8);
        Field(",\"id\":"u8, message.Id);
        Hardware(",\"client_mac\":\""u8, message.ClientHardwareAddress);
        Address(",\"assigned_ip\":\""u8, message.AssignedAddress);
        Address(",\"client_ip\":\""u8, message.ClientAddress);
        if (message.IsReply)
        {
            Address(",\"relay_ip\":\""u8, message.RelayAddress);
            Address(",\"next_server_ip\":\""u8, message.NextServerAddress);
        }

        OptionalField(",\"dhcp_type\":"u8, DhcpType(message.Type));
        OptionalSeconds(",\"lease_time\":"u8, message.Option(DhcpOption.LeaseTime));
        OptionalSeconds(",\"renewal_time\":"u8, message.Option(DhcpOption.RenewalTime));
        OptionalSeconds(",\"rebinding_time\":"u8, message.Option(DhcpOption.RebindingTime));
        ClientId(message.Option(DhcpOption.ClientId));
        OptionalField(",\"hostname\":"u8, message.Option(DhcpOption.HostName).TrimEnd((byte)0));
        OptionalField(",\"vendor_class_identifier\":"u8, message.Option(DhcpOption.VendorClass).TrimEnd((byte)0));
        OptionalAddress(",\"requested_ip\":\""u8, message.Option(DhcpOption.RequestedAddress));
        OptionalAddress(",\"subnet_mask\":\""u8, message.Option(DhcpOption.SubnetMask));
        Addresses(",\"routers\":["u8, message.Option(DhcpOption.Routers));
        Addresses(",\"dns_servers\":["u8, message.Option(DhcpOption.DnsServers));
        Parameters(message.Option(DhcpOption.ParameterList));
        _json.Raw("}"u8);
        End();
    }

    public void DhcpV6(Flow flow, in DhcpV6Message message, long now)
    {
        Begin("dhcpv6"u8, flow, now);
        Field(",\"dhcpv6\":{\"type\":"u8, DhcpV6Type(message.Type));
        Field(",\"id\":"u8, message.TransactionId);
        Hardware(",\"client_id\":\""u8, message.Option(DhcpV6Option.ClientId));
        var name = message.Option(DhcpV6Option.ClientFqdn);
        if (name.Length > 2 && name[1] < name.Length - 1)
        {
            // RFC 4704, 4.1: flags, then labels with their lengths; the first label is the host's name.
            Field(",\"hostname\":"u8, name.Slice(2, name[1]));
        }

        // RFC 8415, 21.16: enterprise number, then texts with their lengths.
        var vendor = message.Option(DhcpV6Option.VendorClass);
        OptionalField(",\"vendor_class_identifier\":"u8, vendor.Length > 6 ? vendor[6..] : default);
        AssignedV6(message.Option(DhcpV6Option.IdentityAssociation));
        var requested = message.Option(DhcpV6Option.OptionRequest);
        if (requested.Length >= 2)
        {
            _json.Raw(",\"parameter_list\":\""u8);
            for (var i = 0; i + 2 <= requested.Length; i += 2)
            {
                _json.Raw(i == 0 ? default : ","u8);
                _json.Number(BinaryPrimitives.ReadUInt16BigEndian(requested[i..]));
            }

            _json.Raw("\""u8);
        }

        _json.Raw("}"u8);
        End();
    }

    /// <summary>RFC 8415, 21.4 and 21.6: association id, two times, then the address as an option.</summary>
    private void AssignedV6(ReadOnlySpan<byte> association)
    {
        const int FixedLength = 12;
        const int OptionHeaderLength = 4;
        const int AddressLength = 16;
        if (association.Length >= FixedLength + OptionHeaderLength + AddressLength
            && BinaryPrimitives.ReadUInt16BigEndian(association[FixedLength..]) == DhcpV6Option.Address)
        {
            Address(",\"assigned_ip\":\""u8, IpAddress.FromV6(association[(FixedLength + OptionHeaderLength)..]));
        }
    }

    private void Address(ReadOnlySpan<byte> name, in IpAddress address)
    {
        _json.Raw(name);
        _json.Address(address);
        _json.Raw("\""u8);
    }

    private void OptionalAddress(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length == 4)
        {
            Address(name, IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(value)));
        }
    }

    private void Addresses(ReadOnlySpan<byte> name, ReadOnlySpan<byte> values)
    {
        if (values.Length < 4)
        {
            return;
        }

        _json.Raw(name);
        for (var i = 0; i + 4 <= values.Length; i += 4)
        {
            Address(i == 0 ? "\""u8 : ",\""u8, IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(values[i..])));
        }

        _json.Raw("]"u8);
    }

    /// <summary>Two digits per byte with colons between; nothing where there are no bytes.</summary>
    private void Hardware(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        _json.Raw(name);
        for (var i = 0; i < bytes.Length; i++)
        {
            _json.Raw(i == 0 ? default : ":"u8);
            _json.Hex(bytes.Slice(i, 1));
        }

        _json.Raw("\""u8);
    }

    /// <summary>RFC 2132, 9.14: hardware type and address, or something of the client's own.</summary>
    private void ClientId(ReadOnlySpan<byte> id)
    {
        const byte Ethernet = 1;
        if (id is [Ethernet, _, _, _, _, _, _])
        {
            Hardware(",\"client_id\":\""u8, id[1..]);
        }
        else
        {
            OptionalField(",\"client_id\":"u8, id);
        }
    }

    private void OptionalSeconds(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length == 4)
        {
            Field(name, BinaryPrimitives.ReadUInt32BigEndian(value));
        }
    }

    private void Parameters(ReadOnlySpan<byte> codes)
    {
        if (codes.IsEmpty)
        {
            return;
        }

        _json.Raw(",\"params\":["u8);
        var isFirst = true;
        foreach (var code in codes)
        {
            var name = DhcpParameter(code);
            if (!name.IsEmpty)
            {
                Field(isFirst ? default : ","u8, name);
                isFirst = false;
            }
        }

        _json.Raw("],\"parameter_list\":\""u8);
        for (var i = 0; i < codes.Length; i++)
        {
            _json.Raw(i == 0 ? default : ","u8);
            _json.Number(codes[i]);
        }

        _json.Raw("\""u8);
    }

    private static ReadOnlySpan<byte> DhcpParameter(byte code) => code switch
    {
        1 => "subnet_mask"u8,
        3 => "router"u8,
        6 => "dns_server"u8,
        15 => "domain"u8,
        35 => "arp_timeout"u8,
        42 => "ntp_server"u8,
        66 => "tftp_server_name"u8,
        150 => "tftp_server_ip"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> DhcpType(byte type) => type switch
    {
        1 => "discover"u8,
        2 => "offer"u8,
        3 => "request"u8,
        4 => "decline"u8,
        5 => "ack"u8,
        6 => "nak"u8,
        7 => "release"u8,
        8 => "inform"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> DhcpV6Type(byte type) => type switch
    {
        1 => "solicit"u8,
        2 => "advertise"u8,
        3 => "request"u8,
        4 => "confirm"u8,
        5 => "renew"u8,
        6 => "rebind"u8,
        7 => "reply"u8,
        8 => "release"u8,
        9 => "decline"u8,
        10 => "reconfigure"u8,
        _ => "information-request"u8,
    };
}
