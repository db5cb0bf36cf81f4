using System.Security.Cryptography;

namespace MediaSecurityLite.Inspection.Protocols.Tls;

/// <summary>What is kept of a TLS session for its record: the facts of both hellos and of the server's certificate.</summary>
internal sealed class TlsSession
{
    /// <summary>A host name has 253 characters at most; a byte more shows that one was longer.</summary>
    private const int MaxServerName = 254;

    /// <summary>Names of real certificates stay below 500 bytes.</summary>
    private const int MaxName = 1024;

    /// <summary>RFC 5280, 4.1.2.2: 20 bytes; some are longer.</summary>
    private const int MaxSerialNumber = 64;

    private const int MaxProtocols = 256;

    private bool _hasClientHello;

    public bool HasServerHello { get; private set; }

    public bool HasCertificate { get; private set; }

    /// <summary>The server took an earlier session up again: no certificate is shown.</summary>
    public bool IsResumed { get; set; }

    /// <summary>The client has received the server's answer.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>A session has come about: a certificate was shown, or there is none to be seen (TLS 1.3, a session taken up again).</summary>
    public bool IsSetUp => IsAccepted && (HasCertificate || IsResumed || TlsVersion.IsTls13(Version));

    /// <summary>The client offered to take an earlier session up again, which leaves little to be seen.</summary>
    public bool OffersTicket { get; private set; }

    /// <summary>The version the server chose; 0 before its hello.</summary>
    public ushort Version { get; private set; }

    public KeptField ServerName { get; } = new(MaxServerName);

    /// <summary>The application protocols offered, each with a byte of length before it.</summary>
    public KeptField ClientProtocols { get; } = new(MaxProtocols);

    public KeptField ServerProtocol { get; } = new(MaxProtocols);

    public KeptField Ja3 { get; } = new(Tls.Ja3.MaxLength);

    public KeptField Ja3S { get; } = new(Tls.Ja3.MaxLength);

    public KeptField Ja4 { get; } = new(Tls.Ja4.Length);

    public KeptField Subject { get; } = new(MaxName);

    public KeptField Issuer { get; } = new(MaxName);

    public KeptField SerialNumber { get; } = new(MaxSerialNumber);

    public KeptField NotBefore { get; } = new(Certificate.TimeLength);

    public KeptField NotAfter { get; } = new(Certificate.TimeLength);

    /// <summary>SHA-1 of the certificate, as it is commonly named by.</summary>
    public KeptField Fingerprint { get; } = new(SHA1.HashSizeInBytes);

    /// <summary>Keeps a client's hello; of several, the first.</summary>
    public void Take(in ClientHello hello, byte carrier)
    {
        if (_hasClientHello)
        {
            return;
        }

        Span<byte> text = stackalloc byte[Tls.Ja3.MaxLength];
        _hasClientHello = true;
        OffersTicket = hello.Extensions.Has(TlsExtensions.SessionTicket);
        ServerName.Set(hello.ServerName);
        ClientProtocols.Set(hello.ApplicationProtocols);
        Ja3.Set(text[..Tls.Ja3.Write(hello, text)]);
        Ja4.Set(Tls.Ja4.TryWrite(hello, carrier, text) ? text[..Tls.Ja4.Length] : default);
    }

    public void Take(in ServerHello hello)
    {
        Span<byte> text = stackalloc byte[Tls.Ja3.MaxLength];
        HasServerHello = true;
        Version = hello.Version;
        IsResumed = TlsVersion.IsTls13(hello.Version) && hello.Extensions.Has(TlsExtensions.PreSharedKey);
        ServerProtocol.Set(hello.ApplicationProtocol);
        Ja3S.Set(text[..Tls.Ja3.Write(hello, text)]);
    }

    public void TakeSsl2Server()
    {
        HasServerHello = true;
        Version = TlsVersion.Ssl2;
    }

    /// <summary>Keeps the facts of the server's own certificate.</summary>
    /// <returns>False if it is none.</returns>
    public bool TakeCertificate(ReadOnlySpan<byte> der)
    {
        if (HasCertificate || !Certificate.TryRead(der, out var certificate))
        {
            return HasCertificate;
        }

        HasCertificate = true;
        Span<byte> text = stackalloc byte[MaxName];
        Subject.Set(text[..DistinguishedName.Format(certificate.Subject, text)]);
        Issuer.Set(text[..DistinguishedName.Format(certificate.Issuer, text)]);
        SerialNumber.Set(certificate.SerialNumber);

        Span<byte> notBefore = stackalloc byte[Certificate.TimeLength];
        Span<byte> notAfter = stackalloc byte[Certificate.TimeLength];
        if (certificate.TryFormatValidity(notBefore, notAfter))
        {
            NotBefore.Set(notBefore);
            NotAfter.Set(notAfter);
        }

        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // SHA-1 is how lists of certificates name them; no security rests on it
        SHA1.HashData(der, digest);
#pragma warning restore CA5350
        Fingerprint.Set(digest);
        return true;
    }

    public void Clear()
    {
        _hasClientHello = OffersTicket = IsAccepted = HasServerHello = HasCertificate = IsResumed = false;
        Version = 0;
        ServerName.Clear();
        ClientProtocols.Clear();
        ServerProtocol.Clear();
        Ja3.Clear();
        Ja3S.Clear();
        Ja4.Clear();
        Subject.Clear();
        Issuer.Clear();
        SerialNumber.Clear();
        NotBefore.Clear();
        NotAfter.Clear();
        Fingerprint.Clear();
    }
}
