namespace MediaSecurityLite.SupportCenter.Broker;

/// <summary>Why the broker refused something.</summary>
internal enum RefusalCause
{
    NoCertificate,
    ForeignCertificate,
    ClientId,
    Protocol,
    NotRegistered,
    ReplacedCertificate,
    PublishOutsideSubtree,
    SubscribeOutsideSubtree,
    PacketSize,
    Removed,
    TooManyRequests,
}
