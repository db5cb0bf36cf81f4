using System.Text.Json;
using System.Threading.Channels;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>What the centre offers: only the newest announcement matters, so one waits at most.</summary>
internal sealed class Announcements
{
    /// <summary>The largest announcement in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxPacks = 64;

    private readonly Channel<PackAnnouncement> _newest = Channel.CreateBounded<PackAnnouncement>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<PackAnnouncement> Newest => _newest.Reader;

    /// <summary>Takes an announcement as it came.</summary>
    /// <returns>What is wrong with it; null where it was taken.</returns>
    public string? Accept(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            return $"it is larger than {MaxBytes} bytes";
        }

        try
        {
            var announcement = JsonSerializer.Deserialize(json, ContractsJson.Default.PackAnnouncement);
            if (announcement is null || Fault(announcement) is { } fault)
            {
                return announcement is null ? "there is nothing in it" : Fault(announcement);
            }

            _newest.Writer.TryWrite(announcement);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    private static string? Fault(PackAnnouncement announcement)
    {
        if (!Uri.TryCreate(announcement.Base, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Query.Length > 0)
        {
            return $"'{announcement.Base}' is no HTTPS address";
        }

        if (announcement.Packs.Count > MaxPacks || announcement.RootVersion < 1)
        {
            return $"it has more than {MaxPacks} packs, or no root";
        }

        return announcement.Packs.FirstOrDefault(pack => !PackIdentity.IsName(pack.Name) || !PackVersion.TryParse(pack.Version, out _)
            || pack.ManifestSha256.Length != 64 || !pack.ManifestSha256.All(char.IsAsciiHexDigitLower) || pack.Share is < 0 or > AnnouncedPack.Everybody) is { } wrong
            ? $"'{wrong.Name}' '{wrong.Version}' is no proper pack"
            : null;
    }
}
