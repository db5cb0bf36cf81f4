namespace MediaSecurityLite.Patterns.Packs;

/// <summary>What tells one pack from another, and how long it is to be taken for the newest.</summary>
/// <param name="Name">Which pack it is a version of; see <see cref="IsName"/>.</param>
/// <param name="Version">Its version.</param>
/// <param name="Created">When it was made; whole seconds.</param>
/// <param name="Expires">After this it is not installed any more.</param>
public sealed record PackIdentity(string Name, PackVersion Version, DateTimeOffset Created, DateTimeOffset Expires)
{
    private const int MaxName = 64;

    /// <summary>True for 1 to 64 of <c>a-z 0-9 -</c>, the first no dash: it is a file's name on the box.</summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxName } && text[0] != '-' && text.All(c => c is '-' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
