using System.Collections.Frozen;
using MediaSecurityLite.Patterns.Names;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// A hosts file that sends unwanted names nowhere: <c>0.0.0.0 name [name …]</c>. A line that sends a name to a real address
/// blocks nothing and is reported.
/// </summary>
internal sealed class HostsFileReader : LineFeedReader
{
    /// <summary>What every hosts file says about the machine itself.</summary>
    private static readonly FrozenSet<string> OwnNames = FrozenSet.Create(
        "localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback", "ip6-localnet",
        "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "ip6-allhosts", "0.0.0.0");

    protected override void ReadLine(ReadOnlySpan<char> text, FeedFile file, FeedPlace place, IFeedSink sink)
    {
        var words = text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && words[1..].All(OwnNames.Contains))
        {
            return;
        }

        if (words.Length < 2 || !SinkAddresses.Contains(words[0]))
        {
            var isAnswer = words.Length > 1 && Packs.AddressPrefix.TryParseAddress(words[0], out _);
            sink.Drop(isAnswer ? DropReason.NoBlock : DropReason.Malformed, place, text);
            return;
        }

        foreach (var word in words.AsSpan(1))
        {
            var isName = DomainName.TryNormalise(word, out var name);
            Add(isName ? null : DropReason.Malformed, Indicator.OfName(name), file.Label(), place, word, sink);
        }
    }
}
