using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Outbox;
using Microsoft.Extensions.Logging;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>Tells the centre and the journal what happens to packs.</summary>
internal sealed partial class PatternEvents(EventOutbox outbox, TimeProvider time, ILogger<PatternEvents> logger)
{
    public void Post(UpdateState state) => Post(new PatternsEvent
    {
        Pack = state.Pack,
        FromVersion = state.FromVersion,
        ToVersion = state.Version,
        Step = state.Step,
        ReasonCode = state.ReasonCode,
        Reason = state.Reason,
        NewlyBlockedNames = state.NewlyBlockedNames,
        Terminals = state.Terminals,
        BytesTransferred = state.Step == PatternsStep.Announced ? null : state.Bytes,
    });

    public void Post(PatternsEvent happened)
    {
        outbox.TryPost(new OutboundEvent<PatternsEvent>(
            EventTypes.Patterns, Urgency.Notice, time.GetUtcNow(), happened, ContractsJson.Default.CloudEventPatternsEvent));
        if (happened.Reason is { } reason)
        {
            Log.Failed(logger, happened.Pack, happened.ToVersion, happened.Step, happened.ReasonCode ?? "", reason);
        }
        else
        {
            Log.Step(logger, happened.Pack, happened.ToVersion, happened.Step);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Pattern pack {Pack} {Version}: {Step}")]
        public static partial void Step(ILogger logger, string pack, string version, PatternsStep step);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Pattern pack {Pack} {Version}: {Step} ({Code}): {Reason}")]
        public static partial void Failed(ILogger logger, string pack, string version, PatternsStep step, string code, string reason);
    }
}
