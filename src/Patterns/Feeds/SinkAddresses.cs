using System.Collections.Frozen;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>Where block lists for resolvers send names that nobody shall reach.</summary>
internal static class SinkAddresses
{
    private static readonly FrozenSet<string> Addresses = FrozenSet.Create("0.0.0.0", "127.0.0.1", "::", "::0", "::1");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Addresses.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> text) => Lookup.Contains(text);
}
