using System.Runtime.ExceptionServices;
using MediaSecurityLite.Gateway.Outbox;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>
/// Sends what the outbox holds, the most urgent first, a group at a time; an event is removed only after the broker has
/// acknowledged it. Lost acknowledgements lead to a second sending under the same id.
/// </summary>
internal sealed partial class OutboxDrain(EventOutbox outbox, CloudMessages messages, ILogger<OutboxDrain> logger)
{
    /// <summary>Events in flight at once; a new incident waits for one group at most.</summary>
    private const int GroupSize = 32;

    /// <summary>Topic, properties and fixed header beside the payload.</summary>
    private const int PacketOverhead = 512;

    public async Task RunAsync(CloudConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            var group = outbox.ReadMostUrgent(Math.Min(GroupSize, connection.ReceiveMaximum));
            if (group.Count == 0)
            {
                await outbox.WaitForNewsAsync(cancellationToken);
                continue;
            }

            await SendAsync(connection, group, cancellationToken);
        }
    }

    private async Task SendAsync(CloudConnection connection, IReadOnlyList<StoredEvent> group, CancellationToken cancellationToken)
    {
        var sendings = group.Select(item => SendAsync(connection, item, cancellationToken)).ToList();
        var delivered = new List<string>(group.Count);
        Exception? failure = null;
        for (var i = 0; i < sendings.Count; i++)
        {
            try
            {
                if (await sendings[i])
                {
                    delivered.Add(group[i].Id);
                }
            }
            catch (Exception e)
            {
                // Those that were acknowledged before the connection broke must still be removed; then it is thrown.
                failure ??= e;
            }
        }

        outbox.RemoveDelivered(delivered);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <returns>True if the broker has the event; false if it was given up.</returns>
    private async Task<bool> SendAsync(CloudConnection connection, StoredEvent item, CancellationToken cancellationToken)
    {
        var answer = item.Payload.Length + PacketOverhead > connection.MaximumPacketSize
            ? MqttClientPublishReasonCode.PayloadFormatInvalid
            : await connection.PublishAsync(messages.Event(item), cancellationToken);
        switch (answer)
        {
            case MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers:
                return true;
            case MqttClientPublishReasonCode.PayloadFormatInvalid or MqttClientPublishReasonCode.TopicNameInvalid:
                // Sending the same bytes again would stop everything behind them for ever.
                Log.Refused(logger, item.Id, item.Type, answer);
                outbox.RemoveRefused(item.Id);
                return false;
            default:
                throw new CloudException($"the broker does not take events: {answer}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Event {Id} ({Type}) is given up: the broker will never take it ({Answer})")]
        public static partial void Refused(ILogger logger, string id, string type, MqttClientPublishReasonCode answer);
    }
}
