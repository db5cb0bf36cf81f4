using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Streams;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>
/// A TLS session as far as it is in clear: both hellos and, up to TLS 1.2, the server's certificates. Which side is the client
/// is told by the hello, not by who opened the connection. Once all is read the connection is no longer looked at.
/// </summary>
internal sealed class TlsParser(SegmentPool memory) : ProtocolParser
{
    private const byte Carrier = (byte)'t';

    private readonly Half _toServer = new(memory);
    private readonly Half _toClient = new(memory);

    /// <summary>Sequence number behind the answer that made the session; valid with <see cref="_hasAnswer"/>.</summary>
    private uint _answerEnd;

    private bool _hasAnswer;
    private bool _hasClientHello;
    private bool _isReported;

    public override AppProtocol Protocol => AppProtocol.Tls;

    public override bool IsSettled => _hasClientHello;

    public TlsSession Session { get; } = new();

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var half = direction == Direction.ToServer ? _toServer : _toClient;
        var taken = half.IsOver ? data.Length : 0;
        while (taken < data.Length && !half.IsOver)
        {
            var step = ReadOne(observations, flow, half, data[taken..], ref wanted);
            if (step == 0)
            {
                break;
            }

            taken += step;
            if (!_hasAnswer && half.IsServer && (half.IsOver || Session.HasCertificate))
            {
                _hasAnswer = true;
                _answerEnd = flow.Tcp![direction].Next;
            }
        }

        if (IsOver && (IsAccepted(flow) || !observations.WantsRecords))
        {
            Report(observations, flow);
            return -1;
        }

        return half.IsOver ? data.Length : taken;
    }

    public override bool Skip(Observations observations, Flow flow, Direction direction, uint length)
    {
        // Where the next record begins is lost; the other direction may still have something to tell.
        (direction == Direction.ToServer ? _toServer : _toClient).IsOver = true;
        return !IsOver;
    }

    public override void Finish(Observations observations, Flow flow) => Report(observations, flow);

    public override void Reset()
    {
        Session.Clear();
        _hasClientHello = _hasAnswer = _isReported = false;
        _toServer.Clear();
        _toClient.Clear();
    }

    /// <summary>Nothing more can come in clear: both sides have said all, or the server has and the client's hello is known.</summary>
    private bool IsOver => (_toServer.IsOver && _toClient.IsOver)
        || (_hasClientHello && ((_toServer.IsServer && _toServer.IsOver) || (_toClient.IsServer && _toClient.IsOver)));

    /// <summary>The client has received the answer, as far as that is known; until then no session has come about.</summary>
    private bool IsAccepted(Flow flow)
    {
        var isFromServer = _toClient.IsServer ? Direction.ToClient : Direction.ToServer;
        return !_hasAnswer
            || (flow.Tcp![isFromServer] is { IsAcknowledged: true } stream && TcpTracker.Distance(stream.Acknowledged, _answerEnd) >= 0);
    }

    /// <returns>Bytes taken; 0 if the record is not complete.</returns>
    private int ReadOne(Observations observations, Flow flow, Half half, ReadOnlySpan<byte> data, ref int wanted)
    {
        if (!half.HasBegun && Ssl2Hello.IsRecord(data[0]))
        {
            return ReadSsl2(observations, half, data, ref wanted);
        }

        if (data.Length < TlsRecord.HeaderLength)
        {
            wanted = TlsRecord.HeaderLength;
            return 0;
        }

        var record = TlsRecord.Read(data);
        var length = TlsRecord.HeaderLength + record.Length;
        if (!record.IsValid)
        {
            observations.CountMalformed();
            half.IsOver = true;
            return data.Length;
        }

        if (data.Length < length)
        {
            wanted = length;
            return 0;
        }

        half.HasBegun = true;
        ReadRecord(observations, flow, half, record.Type, data[TlsRecord.HeaderLength..length]);
        return length;
    }

    private void ReadRecord(Observations observations, Flow flow, Half half, byte type, ReadOnlySpan<byte> content)
    {
        switch (type)
        {
            case TlsRecord.Handshake:
                ReadMessages(observations, flow, half, content);
                break;
            case TlsRecord.ApplicationData:
                half.IsOver = true;
                break;
            case TlsRecord.ChangeCipherSpec when half.IsServer:
                // Up to TLS 1.2 a server that has shown no certificate and changes ciphers takes a session up again.
                Session.IsResumed = !Session.HasCertificate;
                half.IsOver = true;
                break;
        }
    }

    private void ReadMessages(Observations observations, Flow flow, Half half, ReadOnlySpan<byte> content)
    {
        while (half.Messages.TryTake(ref content, out var type, out var body))
        {
            if (!ReadMessage(observations, flow, half, type, body))
            {
                observations.CountMalformed();
            }

            if (half.IsOver)
            {
                return;
            }
        }

        if (half.Messages.IsLost)
        {
            observations.CountMalformed();
            half.IsOver = true;
        }
    }

    /// <returns>False if the message is malformed.</returns>
    private bool ReadMessage(Observations observations, Flow flow, Half half, byte type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case TlsHandshake.ClientHello:
                return ReadClientHello(observations, flow, body);
            case TlsHandshake.ServerHello:
                return ReadServerHello(observations, half, body);
            case TlsHandshake.Certificate when half.IsServer && observations.WantsCertificates:
                return ReadCertificates(observations, flow, body);
            case TlsHandshake.ServerHelloDone:
                half.IsOver = true;
                return true;
            default:
                return true;
        }
    }

    private bool ReadClientHello(Observations observations, Flow flow, ReadOnlySpan<byte> body)
    {
        if (!ClientHello.TryRead(body, out var hello))
        {
            return false;
        }

        // After a retry request the client says hello again, and may name another server.
        observations.TlsClientHello(flow, hello, Carrier);
        _hasClientHello = true;
        if (observations.WantsRecords)
        {
            Session.Take(hello, Carrier);
        }

        return true;
    }

    private bool ReadServerHello(Observations observations, Half half, ReadOnlySpan<byte> body)
    {
        if (!ServerHello.TryRead(body, out var hello))
        {
            return false;
        }

        if (!hello.IsRetryRequest)
        {
            if (observations.WantsRecords)
            {
                Session.Take(hello);
            }

            half.IsServer = true;
            half.IsOver = TlsVersion.IsTls13(hello.Version);
        }

        return true;
    }

    /// <summary>A list of certificates, the server's own first (RFC 5246, 7.4.2).</summary>
    private bool ReadCertificates(Observations observations, Flow flow, ReadOnlySpan<byte> body)
    {
        var message = new TlsReader(body);
        if (!message.TryReadVector24(out var list))
        {
            return false;
        }

        if (list.IsEmpty)
        {
            return true;
        }

        var reader = new TlsReader(list);
        if (!reader.TryReadVector24(out var first) || !Session.TakeCertificate(first))
        {
            return false;
        }

        observations.TlsCertificate(flow, Session);
        return true;
    }

    private int ReadSsl2(Observations observations, Half half, ReadOnlySpan<byte> data, ref int wanted)
    {
        var length = data.Length < Ssl2Hello.HeaderLength ? Ssl2Hello.HeaderLength : Ssl2Hello.LengthOf(data);
        if (data.Length < length)
        {
            wanted = length;
            return 0;
        }

        half.HasBegun = true;
        var body = data[Ssl2Hello.HeaderLength..length];
        if (Ssl2Hello.Recognize(data) == Probe.Yes)
        {
            _hasClientHello = true;
        }
        else if (Ssl2Hello.TryReadServer(body, out var certificate))
        {
            Session.TakeSsl2Server();
            Session.TakeCertificate(certificate);
            half.IsServer = half.IsOver = true;
        }
        else
        {
            observations.CountMalformed();
            half.IsOver = true;
        }

        return length;
    }

    private void Report(Observations observations, Flow flow)
    {
        if (!_isReported && (_hasClientHello || Session.HasServerHello))
        {
            _isReported = true;
            Session.IsAccepted = IsAccepted(flow);
            observations.TlsSession(flow, Session);
        }
    }

    /// <summary>One direction.</summary>
    private sealed class Half(SegmentPool memory)
    {
        public HandshakeMessages Messages { get; } = new(memory);

        /// <summary>A record was read.</summary>
        public bool HasBegun { get; set; }

        /// <summary>A server's hello came this way.</summary>
        public bool IsServer { get; set; }

        /// <summary>Nothing more can be read: the rest is encrypted, or the place was lost.</summary>
        public bool IsOver { get; set; }

        public void Clear()
        {
            Messages.Clear();
            HasBegun = IsServer = IsOver = false;
        }
    }
}
