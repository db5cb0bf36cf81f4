using System.Collections.Frozen;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Names;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// A hosts file that sends unwanted names nowhere: <c>0.0.0.0 name [name …]</c>. A line that sends a name to a real address
/// blocks nothing and is reported.
/// </summary>
internal sealed class HostsFileReader : LineFeedReader
{
    private static readonly FrozenSet<string> Sinks = FrozenSet.Create("0.0.0.0", "127.0.0.1", "::", "::0", "::1");

    /// <summary>What every hosts file says about the machine itself.</summary>
    private static readonly FrozenSet<string> OwnNames = FrozenSet.Create(
        "localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback", "ip6-localnet",
        "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "ip6-allhosts", "0.0.0.0");

    protected override void ReadLine(ReadOnlySpan<char> text, PatternLabel label, FeedPlace place, IFeedSink sink)
    {
        var words = text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && words[1..].All(OwnNames.Contains))
        {
            return;
        }

        if (words.Length < 2 || !Sinks.Contains(words[0]))
        {
            sink.Drop(DropReason.Malformed, place, text);
            return;
        }

        foreach (var word in words.AsSpan(1))
        {
            if (DomainName.TryNormalise(word, out var name))
            {
                sink.Add(Indicator.OfName(name), label, place);
            }
            else
            {
                sink.Drop(DropReason.Malformed, place, word);
            }
        }
    }
}
