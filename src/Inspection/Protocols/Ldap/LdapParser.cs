using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ber;

namespace MediaSecurityLite.Inspection.Protocols.Ldap;

/// <summary>LDAP: who binds how. StartTLS (RFC 4511, 4.14) hands the connection over to TLS.</summary>
internal sealed class LdapParser : ProtocolParser
{
    /// <summary>Binds and StartTLS are far shorter; longer messages are passed over by their length.</summary>
    private const int MaxReadLength = 16 << 10;

    private int _skipToServer;
    private int _skipToClient;
    private bool _isStartTlsAsked;
    private bool _isHandingOver;

    public override AppProtocol Protocol => AppProtocol.Ldap;

    public override bool IsHandingOver => _isHandingOver;

    /// <summary>The name the client binds as (RFC 4511, 4.2); empty for an anonymous bind.</summary>
    public KeptField BindName { get; } = new(512);

    /// <summary>The SASL mechanism; empty where a password was sent in clear.</summary>
    public KeptField Mechanism { get; } = new(64);

    public int BindVersion { get; private set; }

    /// <summary>RFC 4511, 4.1.9: 0 success, 49 invalid credentials; negative before the answer.</summary>
    public int ResultCode { get; private set; } = -1;

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        ref var skip = ref direction == Direction.ToServer ? ref _skipToServer : ref _skipToClient;
        var taken = 0;
        while (taken < data.Length && !_isHandingOver)
        {
            if (skip > 0)
            {
                var step = Math.Min(skip, data.Length - taken);
                skip -= step;
                taken += step;
                continue;
            }

            var rest = data[taken..];
            if (rest[0] != BerReader.Sequence || !BerReader.TryReadHeader(rest, out var header, out var length))
            {
                // After a SASL bind with a security layer everything is wrapped (RFC 4513, 5.2.1).
                return -1;
            }

            if (header == 0)
            {
                break;
            }

            if (length > MaxReadLength)
            {
                skip = length;
                taken += header;
                continue;
            }

            if (rest.Length < header + length)
            {
                wanted = header + length;
                break;
            }

            taken += header + length;
            ReadDatagram(observations, flow, direction, rest[..(header + length)]);
        }

        return taken;
    }

    public override void ReadDatagram(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data)
    {
        if (!LdapMessage.TryRead(data, out var message))
        {
            observations.CountMalformed();
            return;
        }

        var body = message.Body;
        switch (message.Operation)
        {
            case LdapOperation.BindRequest:
                ReadBind(body);
                break;
            case LdapOperation.BindResponse when BindVersion != 0:
                ResultCode = body.TryReadInteger(out var code, BerReader.Enumerated) ? code : -1;
                observations.LdapBind(flow, this);
                break;
            case LdapOperation.ExtendedRequest:
                _isStartTlsAsked = body.TryRead(0x80, out var name) && name.SequenceEqual("1.3.6.1.4.1.1466.20037"u8);
                break;
            case LdapOperation.ExtendedResponse:
                _isHandingOver = _isStartTlsAsked && body.TryReadInteger(out var result, BerReader.Enumerated) && result == 0;
                break;
        }
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        ref var skip = ref direction == Direction.ToServer ? ref _skipToServer : ref _skipToClient;
        if (length > skip)
        {
            return false;
        }

        skip -= (int)length;
        return true;
    }

    public override void Finish(Observations observations, Flow flow)
    {
        if (BindVersion != 0 && ResultCode < 0)
        {
            observations.LdapBind(flow, this);
        }
    }

    public override void Reset()
    {
        _skipToServer = _skipToClient = 0;
        _isStartTlsAsked = _isHandingOver = false;
        BindName.Clear();
        Mechanism.Clear();
        BindVersion = 0;
        ResultCode = -1;
    }

    private void ReadBind(BerReader body)
    {
        const byte Sasl = 0xA3;
        ResultCode = -1;
        Mechanism.Clear();
        BindVersion = body.TryReadInteger(out var version) ? version : 0;
        BindName.Set(body.TryRead(BerReader.OctetString, out var name) ? name : default);
        if (body.TryEnter(Sasl, out var sasl) && sasl.TryRead(BerReader.OctetString, out var mechanism))
        {
            Mechanism.Set(mechanism);
        }
    }
}
