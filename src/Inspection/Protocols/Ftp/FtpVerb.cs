using System.Text;

namespace MediaSecurityLite.Inspection.Protocols.Ftp;

/// <summary>The commands that matter here (RFC 959; RFC 2428; RFC 4217; RFC 3659).</summary>
internal enum FtpVerb : byte
{
    Other,

    /// <summary>No command: what the server says by itself.</summary>
    None,

    /// <summary>PASS and ACCT, whose argument is a secret.</summary>
    Secret,
    Port,
    ExtendedPort,
    Passive,
    ExtendedPassive,

    /// <summary>RETR.</summary>
    Retrieve,

    /// <summary>STOR, APPE, STOU.</summary>
    Store,

    /// <summary>LIST, NLST, MLSD.</summary>
    List,
    Authenticate,
}

/// <summary>Reads command words.</summary>
internal static class FtpVerbs
{
    public static FtpVerb Of(ReadOnlySpan<byte> word)
    {
        Span<byte> upper = stackalloc byte[4];
        if (word.Length is < 3 or > 4)
        {
            return FtpVerb.Other;
        }

        Ascii.ToUpper(word, upper, out var length);
        return upper[..length] switch
        {
            [(byte)'P', (byte)'A', (byte)'S', (byte)'S'] or [(byte)'A', (byte)'C', (byte)'C', (byte)'T'] => FtpVerb.Secret,
            [(byte)'P', (byte)'O', (byte)'R', (byte)'T'] => FtpVerb.Port,
            [(byte)'E', (byte)'P', (byte)'R', (byte)'T'] => FtpVerb.ExtendedPort,
            [(byte)'P', (byte)'A', (byte)'S', (byte)'V'] => FtpVerb.Passive,
            [(byte)'E', (byte)'P', (byte)'S', (byte)'V'] => FtpVerb.ExtendedPassive,
            [(byte)'R', (byte)'E', (byte)'T', (byte)'R'] => FtpVerb.Retrieve,
            [(byte)'S', (byte)'T', (byte)'O', (byte)'R' or (byte)'U'] or [(byte)'A', (byte)'P', (byte)'P', (byte)'E'] => FtpVerb.Store,
            [(byte)'L', (byte)'I', (byte)'S', (byte)'T'] or [(byte)'N', (byte)'L', (byte)'S', (byte)'T'] => FtpVerb.List,
            [(byte)'M', (byte)'L', (byte)'S', (byte)'D'] => FtpVerb.List,
            [(byte)'A', (byte)'U', (byte)'T', (byte)'H'] => FtpVerb.Authenticate,
            _ => FtpVerb.Other,
        };
    }
}
