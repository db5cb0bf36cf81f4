using System.Buffers.Binary;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ber;

namespace MediaSecurityLite.Inspection.Protocols.Kerberos;

/// <summary>Kerberos over UDP, and over TCP with four bytes of length before each message (RFC 4120, 7.2).</summary>
internal sealed class KerberosParser : ProtocolParser
{
    private const int MaxNameLength = 256;

    private bool _isOpen;

    public override AppProtocol Protocol => AppProtocol.Kerberos;

    /// <summary>Type of the message the record is about: the reply's, or the request's where none came.</summary>
    public KerberosType Type { get; private set; }

    /// <summary>Type of the request that an error answers; default where it was not seen.</summary>
    public KerberosType RequestType { get; private set; }

    public KeptField Realm { get; } = new(MaxNameLength);

    public KeptField ClientName { get; } = new(MaxNameLength);

    public KeptField ServerName { get; } = new(MaxNameLength);

    public int Encryption { get; private set; }

    public int TicketEncryption { get; private set; }

    public int ErrorCode { get; private set; } = -1;

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var taken = 0;
        while (data.Length - taken >= KerberosProbe.LengthPrefix)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(data[taken..]);
            if (length > KerberosProbe.MaxMessageLength)
            {
                observations.CountMalformed();
                return -1;
            }

            var end = KerberosProbe.LengthPrefix + (int)length;
            if (data.Length - taken < end)
            {
                wanted = end;
                break;
            }

            ReadDatagram(observations, flow, direction, data[taken..][KerberosProbe.LengthPrefix..end]);
            taken += end;
        }

        return taken;
    }

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (!KerberosMessage.TryRead(data, out var message))
        {
            observations.CountMalformed();
            return;
        }

        switch (message.Type)
        {
            case KerberosType.AsRequest or KerberosType.TgsRequest or KerberosType.ApRequest:
                Finish(observations, flow);
                Take(message);
                RequestType = message.Type;
                _isOpen = true;
                break;
            case KerberosType.AsReply or KerberosType.TgsReply or KerberosType.ApReply or KerberosType.Error:
                Take(message);
                _isOpen = true;
                Finish(observations, flow);
                break;
        }
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (_isOpen)
        {
            observations.Kerberos(flow, this);
            Reset();
        }
    }

    public override void Reset()
    {
        _isOpen = false;
        Type = RequestType = default;
        Realm.Clear();
        ClientName.Clear();
        ServerName.Clear();
        Encryption = TicketEncryption = 0;
        ErrorCode = -1;
    }

    /// <summary>What the reply leaves out stays as the request had it: errors often name no client.</summary>
    private void Take(in KerberosMessage message)
    {
        Type = message.Type;
        Encryption = message.Encryption;
        TicketEncryption = message.TicketEncryption;
        ErrorCode = message.ErrorCode;
        if (!message.Realm.IsEmpty)
        {
            Realm.Set(message.Realm);
        }

        Keep(message.ClientName, ClientName);
        Keep(message.ServerName, ServerName);
    }

    /// <summary>Components joined with slashes, as Kerberos writes them (RFC 1964, 2.1.1).</summary>
    private static void Keep(BerReader name, KeptField field)
    {
        Span<byte> text = stackalloc byte[MaxNameLength];
        var length = 0;
        while (KerberosMessage.TryReadComponent(ref name, out var component) && component.Length < text.Length - length)
        {
            if (length > 0)
            {
                text[length++] = (byte)'/';
            }

            component.CopyTo(text[length..]);
            length += component.Length;
        }

        if (length > 0)
        {
            field.Set(text[..length]);
        }
    }
}
