using System.Net;

namespace MediaSecurityLite.Lab.Scenarios;

/// <summary>A server of the world outside, by name and addresses.</summary>
internal sealed record Site(string Host, IPAddress Address4, IPAddress Address6);

/// <summary>
/// The sites that the scenarios visit. The harmful ones are names that the product's starter sources
/// (<c>deploy/patterns</c>) list as harmless test indicators.
/// </summary>
internal static class Sites
{
    /// <summary>The category that <see cref="Casino"/> belongs to.</summary>
    public const string BlockedCategory = "gambling";

    /// <summary>The application that <see cref="VideoApplication"/> belongs to.</summary>
    public const string BlockedApplication = "youtube";

    public static readonly Site Office = Create("www.office.example", 10);
    public static readonly Site News = Create("news.example", 11);
    public static readonly Site Casino = Create("casino.msl-patterns.test", 20);
    /// <summary>An application's real name, as terminals send it; inside the lab the lab's own server answers to it.</summary>
    public static readonly Site VideoApplication = Create("www.youtube.com", 30);
    public static readonly Site CommandServer = Create("c2.msl-patterns.test", 66);

    public static IReadOnlyList<Site> All { get; } = [Office, News, Casino, VideoApplication, CommandServer];

    private static Site Create(string host, byte number) =>
        new(host, IPAddress.Parse($"203.0.113.{number}"), IPAddress.Parse($"2001:db8:113::{number}"));
}
