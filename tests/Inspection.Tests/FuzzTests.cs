using System.Text;
using MediaSecurityLite.Fuzz;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Protocols;
using MediaSecurityLite.Inspection.Tests.Protocols;

namespace MediaSecurityLite.Inspection.Tests;

/// <summary>The bounded run of the fuzz targets; longer ones are described in tests/Fuzz/README.md.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 2_000;

    /// <summary>Inputs that once made a target throw.</summary>
    public static TheoryData<string, byte[]> Found => new()
    {
        // A MySQL packet of length 0 after the greeting.
        { "stream-mysql", Piece(false, [5, 0, 0, 0, 10, (byte)'8', 0, 0, 0, 0, 0, 0, 0]) },
        { "stream-mysql", [.. FuzzTargets.All.Single(target => target.Name == "stream-mysql").Seeds[0], .. Piece(false, [0, 0, 0, 0])] },

        // A second packet behind the greeting, which one large segment hid.
        { "stream-mysql", [.. Piece(false, SampleStreams.MySqlGreeting()), .. Piece(false, [3, 0, 0, 1, 10, (byte)'9', 0]), .. Piece(true, new byte[40])] },

        // More lines behind the head of the first, which a large segment brought with it.
        { "stream-syslog", Piece(true, [.. "<34>1 2003-10-11T22:14:15.003Z\n<34>1 x host program "u8, .. new byte[400]]) },

        // What follows a SOCKS greeting, seen with it or later.
        { "stream-socks", Convert.FromHexString("800003050500000002050084000d0501000306000100000000000000") },
    };

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Found))]
    public void Target_OverWhatOnceBrokeIt_TakesIt(string name, byte[] input) =>
        FuzzTargets.All.Single(target => target.Name == name).Run(input);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_OverChangedConversations_NeverThrows(string name)
    {
        var found = new FuzzRun(FuzzTargets.All.Single(target => target.Name == name), seed: 20261122).Run(Inputs);

        Assert.True(found is null, $"{found?.Exception}\ninput: {Convert.ToHexString(found?.Input ?? [])}");
    }

    [Fact]
    public void EveryProtocolThatIsRead_HasAConversationToStartFrom()
    {
        var records = new KeptRecords();
        foreach (var sample in Conversations.Streams)
        {
            FuzzTargets.Talk(sample.Port, sample.Input, records, isWhole: true);
        }

        foreach (var sample in Conversations.Datagrams)
        {
            FuzzTargets.Send(sample.Port, sample.Input, records);
        }

        var seen = records.Essence();
        var read = ProtocolList.Entries.Where(entry => entry.Parser is not null && (entry.Stream ?? (Delegate?)entry.Datagram) is not null);
        Assert.All(read, entry => Assert.Contains($"\"app_proto\":\"{Encoding.UTF8.GetString(AppProtocolNames.Of(entry.Protocol))}\"", seen, StringComparison.Ordinal));
    }

    private static byte[] Piece(bool isClient, byte[] bytes) => [(byte)(isClient ? 0x83 : 3), (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
}
