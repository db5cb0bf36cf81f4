using MediaSecurityLite.Fuzz;

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

    private static byte[] Piece(bool isClient, byte[] bytes) => [isClient ? (byte)0x80 : (byte)0, 0, (byte)bytes.Length, .. bytes];
}
