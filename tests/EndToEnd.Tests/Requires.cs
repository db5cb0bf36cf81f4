namespace MediaSecurityLite.EndToEnd.Tests;

/// <summary>What a test needs of the machine; it is skipped with the reason where that is missing.</summary>
internal static class Requires
{
    public static void NetworkLab()
    {
        if (MediaSecurityLite.Lab.Network.NetworkLab.Obstacle() is { } obstacle)
        {
            Assert.Skip(obstacle);
        }
    }
}
