using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Updates;
using Microsoft.Extensions.Logging;
using MQTTnet.Exceptions;

namespace MediaSecurityLite.Gateway.Cloud;

/// <summary>
/// One session from connect to loss: presence first, then heartbeats and the outbox side by side. Whatever ends one of
/// them ends the session.
/// </summary>
internal sealed partial class CloudSession(
    GatewaySettings settings,
    CloudMessages messages,
    OutboxDrain drain,
    HeartbeatSource heartbeats,
    Announcements announcements,
    CloudState state,
    TimeProvider time,
    ILogger<CloudSession> logger)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    /// <exception cref="CloudException">The session could not be made, or was lost.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var credentials = CloudCredentials.Read(settings.Cloud);
            using var connection = await CloudConnection.OpenAsync(
                settings.Cloud, settings.Gateway.Id, messages, credentials, cancellationToken);
            await connection.PublishAsync(messages.Presence(online: true), cancellationToken);
            await connection.SubscribeAsync(Topics.PatternChannel(settings.Updates.Channel), OnAnnouncement, cancellationToken);
            state.Connected(time.GetUtcNow());
            Log.Connected(logger, settings.Cloud.Host, settings.Cloud.Port);
            await ServeAsync(connection, cancellationToken);
        }
        catch (Exception e) when (IsExpected(e))
        {
            throw new CloudException(Innermost(e).Message, e);
        }
    }

    private void OnAnnouncement(byte[] json)
    {
        if (announcements.Accept(json) is { } fault)
        {
            Log.BadAnnouncement(logger, fault);
        }
    }

    private async Task ServeAsync(CloudConnection connection, CancellationToken cancellationToken)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] duties = [drain.RunAsync(connection, session.Token), heartbeats.RunAsync(connection, session.Token)];
        await Task.WhenAny([connection.Lost, .. duties]);
        await session.CancelAsync();
        if (cancellationToken.IsCancellationRequested)
        {
            await SayGoodbyeAsync(connection);
        }

        await Task.WhenAll(duties).ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        var failure = duties.Select(duty => duty.Exception?.InnerException).FirstOrDefault(e => e is not null);
        throw failure ?? new CloudException($"connection lost: {await connection.Lost}");
    }

    /// <summary>An orderly stop: the centre sees the box go by itself instead of by its last will.</summary>
    private async Task SayGoodbyeAsync(CloudConnection connection)
    {
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            await connection.PublishAsync(messages.Presence(online: false), patience.Token);
            await connection.CloseAsync(patience.Token);
        }
        catch (Exception e) when (IsExpected(e) || e is OperationCanceledException or CloudException)
        {
            Log.NoGoodbye(logger, e.Message);
        }
    }

    private static bool IsExpected(Exception e) =>
        e is MqttCommunicationException or SocketException or IOException or AuthenticationException or CryptographicException
            or UnauthorizedAccessException;

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Connected to the support centre at {Host}:{Port}")]
        public static partial void Connected(ILogger logger, string host, int port);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The announcement of pattern packs is refused: {Fault}")]
        public static partial void BadAnnouncement(ILogger logger, string fault);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Stopped without saying goodbye to the centre: {Reason}")]
        public static partial void NoGoodbye(ILogger logger, string reason);
    }
}
