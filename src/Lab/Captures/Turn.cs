namespace MediaSecurityLite.Lab.Captures;

/// <summary>What one side of a TCP connection says before the other side answers.</summary>
internal readonly record struct Turn(bool FromClient, byte[] Bytes);
