namespace MediaSecurityLite.Patterns.Names;

/// <summary>Whether a name is a public suffix.</summary>
internal enum PublicSuffix
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Of a registry: <c>co.jp</c>.</summary>
    Registry,

    /// <summary>Of an operator whose customers get names under it: <c>github.io</c>.</summary>
    Operator,
}
