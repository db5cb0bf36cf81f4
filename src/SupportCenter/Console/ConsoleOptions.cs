using System.Net;

namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>Where the page is served.</summary>
internal sealed class ConsoleOptions
{
    /// <summary>Only loopback: the page asks for no sign-in. Port 0 takes any free one.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8080";

    public IPEndPoint EndPoint
    {
        get
        {
            var uri = new Uri(Url);
            return new IPEndPoint(uri.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(uri.DnsSafeHost), uri.Port);
        }
    }

    public IEnumerable<string> Validate()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
        {
            yield return $"Console:Url must be of the form http://127.0.0.1:8080, not '{Url}'";
        }
        else if (!uri.IsLoopback || (uri.Host != "localhost" && !IPAddress.TryParse(uri.DnsSafeHost, out _)))
        {
            yield return $"Console:Url must be a loopback address because the page asks for no sign-in, not '{Url}'";
        }
    }
}
