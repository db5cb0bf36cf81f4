using System.Security.Cryptography;

namespace MediaSecurityLite.PatternTool;

/// <summary>Private keys in use; they go when the command ends.</summary>
internal sealed class KeyRing(IEnumerable<string> files) : IDisposable
{
    public IReadOnlyList<ECDsa> Keys { get; } = [.. files.Select(KeyFile.ReadPrivate)];

    public void Dispose()
    {
        foreach (var key in Keys)
        {
            key.Dispose();
        }
    }
}
