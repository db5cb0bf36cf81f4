using MediaSecurityLite.Inspection.Protocols.Quic;

namespace MediaSecurityLite.Inspection.Tests.Protocols.Quic;

public sealed class InitialKeysTests
{
    /// <summary>RFC 9001, A.1, and RFC 9369, A.1.</summary>
    [Theory]
    [InlineData(QuicBytes.V1, "1f369613dd76d5467730efcbe3b1a22d", "fa044b2f42a3fd3b46fb255c", "9f50449e04a0e810283a1e9933adedd2")]
    [InlineData(QuicBytes.V2, "8b1a0bc121284290a29e0971b5cd045d", "91f73e2351d8fa91660e909f", "45b95e15235d6f45a6b19cbcb0294ba9")]
    public void Derive_StandardsExample_GivesItsKeys(uint version, string key, string nonce, string headerKey)
    {
        InitialKeys.Derive(version, QuicBytes.ConnectionId, out var keys);

        Assert.Equal(key, Convert.ToHexStringLower(keys.Key));
        Assert.Equal(nonce, Convert.ToHexStringLower(keys.Nonce));
        Assert.Equal(headerKey, Convert.ToHexStringLower(keys.HeaderKey));
    }
}
