using System.Net.Security;

namespace MediaSecurityLite.EndToEnd.Tests.Inline;

/// <summary>A TLS ClientHello as .NET's own client sends it.</summary>
internal static class Hello
{
    public static async Task<byte[]> ForAsync(string name)
    {
        using var wire = new DeadEnd();
        await using var tls = new SslStream(wire);
        await Assert.ThrowsAnyAsync<IOException>(() => tls.AuthenticateAsClientAsync(name));
        return wire.ToArray();
    }

    /// <summary>The same bytes in two records.</summary>
    public static byte[] InTwoRecords(byte[] hello, int first)
    {
        const int Header = 5;
        byte[] Record(ReadOnlySpan<byte> content) => [.. hello[..3], (byte)(content.Length >> 8), (byte)content.Length, .. content];
        return [.. Record(hello.AsSpan(Header, first)), .. Record(hello.AsSpan(Header + first))];
    }

    /// <summary>Takes what is written and never answers.</summary>
    private sealed class DeadEnd : MemoryStream
    {
        public override int Read(Span<byte> buffer) => 0;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);
    }
}
