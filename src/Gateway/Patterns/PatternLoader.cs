using System.Security.Cryptography;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>
/// Brings the packs of the folder into force. A pack that is refused never takes the place of the one of the same name that
/// was good: that one stays until the agent stops.
/// </summary>
internal sealed partial class PatternLoader(GatewaySettings settings, PatternState state, ILogger<PatternLoader> logger)
{
    private Dictionary<string, PatternPack> _inForce = [];

    public void Load()
    {
        var folder = settings.Patterns.PacksIn(settings.Gateway.DataDirectory);
        try
        {
            Accept(PatternFolder.Open(folder, settings.Patterns.TrustedKeys));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Log.Unreadable(logger, folder, e.Message);
        }
    }

    private void Accept(IReadOnlyList<(string File, PackOpening Opening)> found)
    {
        var next = new Dictionary<string, PatternPack>();
        var statuses = new List<PackStatus>();
        foreach (var (file, opening) in found)
        {
            var pack = opening.Pack ?? _inForce.GetValueOrDefault(file);
            var fault = opening.Fault?.Message;
            if (pack is not null && next.Count == PatternSet.MaxPacks)
            {
                (pack, fault) = (null, $"there are more than {PatternSet.MaxPacks} packs");
            }

            if (pack is not null)
            {
                next.Add(file, pack);
            }

            if (fault is not null)
            {
                Log.Refused(logger, fault);
            }

            statuses.Add(new PackStatus(Path.GetFileName(file), pack?.Version, fault));
        }

        _inForce = next;
        state.Accept(next.Count == 0 ? DetectionSnapshot.Empty.Patterns : PatternSet.Combine([.. next.Values]), statuses);
        Log.InForce(logger, next.Count, state.Version ?? "none");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pattern packs are in force, newest version {Version}")]
        public static partial void InForce(ILogger logger, int count, string version);

        [LoggerMessage(Level = LogLevel.Error, Message = "Pattern pack refused: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "Pattern packs in {Folder} cannot be used, those in force stay: {Reason}")]
        public static partial void Unreadable(ILogger logger, string folder, string reason);
    }
}
