using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>Is the certificate there, whole, ours, in time; and is the clock one that certificates can be judged by.</summary>
internal static class CredentialChecks
{
    private const string Subject = "certificate";

    /// <summary>Renewal is due in the last month.</summary>
    private static readonly TimeSpan RenewalDue = TimeSpan.FromDays(30);

    public static IReadOnlyList<DoctorFinding> Examine(GatewaySettings settings, TimeProvider time)
    {
        try
        {
            using var credentials = CloudCredentials.Read(settings.Cloud);
            return [Clock(credentials, time), Certificate(credentials, settings.Gateway.GatewayId, time)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return [DoctorFinding.Missing(Subject, $"cannot be used: {e.Message}")];
        }
    }

    /// <summary>A box without a battery starts in 1970: before its own authority was made, no time is right.</summary>
    private static DoctorFinding Clock(CloudCredentials credentials, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var earliest = credentials.Authorities.Max(authority => authority.NotBefore.ToUniversalTime());
        var text = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return now >= earliest
            ? DoctorFinding.Good("clock", text)
            : DoctorFinding.Missing("clock", $"{text} lies before the centre's authority was made: set the time (NTP)");
    }

    private static DoctorFinding Certificate(CloudCredentials credentials, string gatewayId, TimeProvider time)
    {
        var certificate = credentials.Certificate;
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        var now = time.GetUtcNow();
        var end = certificate.NotAfter.ToUniversalTime();
        var endText = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (name != gatewayId)
        {
            return DoctorFinding.Missing(Subject, $"is made for '{name}', not for '{gatewayId}'");
        }

        if (!IsIssuedBy(credentials))
        {
            return DoctorFinding.Missing(Subject, "was not issued by the authority in Cloud:CaFile");
        }

        if (now < certificate.NotBefore.ToUniversalTime())
        {
            return DoctorFinding.Missing(Subject, "is not yet valid: look at the clock");
        }

        return now > end
            ? DoctorFinding.Missing(Subject, $"expired on {endText}")
            : end - now < RenewalDue
                ? DoctorFinding.Warning(Subject, $"expires on {endText}")
                : DoctorFinding.Good(Subject, $"{name}, valid until {endText}");
    }

    private static bool IsIssuedBy(CloudCredentials credentials)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(credentials.Authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid; // time has its own line
        return chain.Build(credentials.Certificate);
    }
}
