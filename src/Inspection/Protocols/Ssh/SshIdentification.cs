namespace MediaSecurityLite.Inspection.Protocols.Ssh;

/// <summary>The line a side presents itself with (RFC 4253, 4.2): <c>SSH-protoversion-softwareversion SP comments</c>.</summary>
internal readonly ref struct SshIdentification
{
    public ReadOnlySpan<byte> ProtocolVersion { get; private init; }

    public ReadOnlySpan<byte> SoftwareVersion { get; private init; }

    public static bool TryRead(ReadOnlySpan<byte> line, out SshIdentification identification)
    {
        identification = default;
        if (!line.StartsWith("SSH-"u8))
        {
            return false;
        }

        line = line[4..];
        var dash = line.IndexOf((byte)'-');
        if (dash <= 0)
        {
            return false;
        }

        var software = line[(dash + 1)..];
        var space = software.IndexOf((byte)' ');
        identification = new SshIdentification
        {
            ProtocolVersion = line[..dash],
            SoftwareVersion = space < 0 ? software : software[..space],
        };
        return true;
    }
}
