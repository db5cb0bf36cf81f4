using System.Security.Cryptography;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols.Ssh;

namespace MediaSecurityLite.Inspection.Eve;

/// <content>Records about SSH connections.</content>
internal sealed partial class EveWriter
{
    public void Ssh(Flow flow, SshParser connection, long now)
    {
        Begin("ssh"u8, flow, now);
        _json.Raw(",\"ssh\":{"u8);
        if (connection.Client.IsIdentified)
        {
            SshSide("\"client\":{\"proto_version\":"u8, connection.Client);
        }

        if (connection.Server.IsIdentified)
        {
            SshSide(connection.Client.IsIdentified ? ",\"server\":{\"proto_version\":"u8 : "\"server\":{\"proto_version\":"u8, connection.Server);
        }

        _json.Raw("}"u8);
        End();
    }

    private void SshSide(ReadOnlySpan<byte> prefix, SshSide side)
    {
        Field(prefix, side.ProtocolVersion.Value);
        Field(",\"software_version\":"u8, side.SoftwareVersion.Value);
        if (side.Algorithms.Length > 0)
        {
            Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // HASSH is defined with MD5; it identifies software and protects nothing.
            MD5.HashData(side.Algorithms.Value, hash);
#pragma warning restore CA5351
            _json.Raw(",\"hassh\":{\"hash\":\""u8);
            _json.Hex(hash);
            Field("\",\"string\":"u8, side.Algorithms.Value);
            _json.Raw("}"u8);
        }

        _json.Raw("}"u8);
    }
}
