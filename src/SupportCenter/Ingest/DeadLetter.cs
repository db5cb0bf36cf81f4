namespace MediaSecurityLite.SupportCenter.Ingest;

/// <summary>A message that could not be taken in, kept for a look; the newest <see cref="Kept"/> stay.</summary>
internal sealed class DeadLetter
{
    public const int Kept = 10_000;

    public const int MaxPayloadLength = 4096;

    public long Id { get; init; }

    public required string GatewayId { get; init; }

    public required string Topic { get; init; }

    public required DeadLetterReason Reason { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Its length before it was cut to <see cref="MaxPayloadLength"/>.</summary>
    public required long Size { get; init; }

    public required byte[] Payload { get; init; }
}
