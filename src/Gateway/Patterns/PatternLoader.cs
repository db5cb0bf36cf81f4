using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Updates;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Patterns.Packs;
using MediaSecurityLite.Patterns.Trust;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Patterns;

/// <summary>
/// Brings the packs of the folder into force. A pack that is refused never takes the place of the one of the same name that was good:
/// the one in force stays, and where there is none the previous one comes back. Nothing that a withdrawn key signed stays.
/// </summary>
internal sealed partial class PatternLoader(GatewaySettings settings, PatternState state, PatternEvents events, ILogger<PatternLoader> logger)
{
    private readonly PackShelf _shelf = settings.Patterns.ShelfIn(settings.Gateway.DataDirectory);
    private readonly TrustFolder _trust = settings.Patterns.TrustIn(settings.Gateway.DataDirectory);
    private Dictionary<string, PatternPack> _inForce = [];

    public void Load()
    {
        try
        {
            var signers = _trust.Read().Root.Signers;
            Accept(PatternFolder.Open(_shelf, signers), signers);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RootException)
        {
            Log.Unreadable(logger, _shelf.Folder, e.Message);
        }
    }

    private void Accept(IReadOnlyList<(string File, PackOpening Opening)> found, TrustedKeys signers)
    {
        var next = new Dictionary<string, PatternPack>();
        var statuses = new List<PackStatus>();
        foreach (var (file, opening) in found)
        {
            var pack = opening.Pack ?? LastGood(file, signers);
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
                events.Post(Refused(file, pack, opening.Fault, fault));
            }

            statuses.Add(new PackStatus(Path.GetFileName(file), pack?.Version, fault) { Name = pack?.Manifest.Name, Created = pack?.Manifest.Created });
        }

        _inForce = next;
        state.Accept(next.Count == 0 ? DetectionSnapshot.Empty.Patterns : PatternSet.Combine([.. next.Values]), statuses);
        Log.InForce(logger, next.Count, state.Version ?? "none");
    }

    private PatternPack? LastGood(string file, TrustedKeys signers) =>
        _inForce.TryGetValue(file, out var inForce) && signers.Contains(inForce.Front) ? inForce
        : PatternPack.Open(_shelf.Previous(Path.GetFileNameWithoutExtension(file)), signers).Pack;

    private static PatternsEvent Refused(string file, PatternPack? instead, PackFault? fault, string text) => new()
    {
        Pack = Path.GetFileNameWithoutExtension(file),
        FromVersion = instead?.Version,
        ToVersion = "",
        Step = PatternsStep.Refused,
        ReasonCode = fault is null ? "too-many" : UpdateRefusal.CodeOf(fault.Kind),
        Reason = text,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pattern packs are in force, newest version {Version}")]
        public static partial void InForce(ILogger logger, int count, string version);

        [LoggerMessage(Level = LogLevel.Error, Message = "Pattern packs in {Folder} cannot be used, those in force stay: {Reason}")]
        public static partial void Unreadable(ILogger logger, string folder, string reason);
    }
}
