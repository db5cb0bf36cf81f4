using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>A pack does not come into force, now or ever.</summary>
/// <param name="code">For programs; stands in the event.</param>
/// <param name="message">For people.</param>
/// <param name="mayPass">True where the reason lies outside the pack: it is tried again.</param>
/// <param name="inner">What happened.</param>
internal class UpdateRefusal(string code, string message, bool mayPass = false, Exception? inner = null) : Exception(message, inner)
{
    public const string Damaged = "damaged";
    public const string DiskFull = "disk-full";
    public const string EndlessData = "endless-data";
    public const string SlowRetrieval = "slow-retrieval";
    public const string Unreachable = "unreachable";
    public const string MixAndMatch = "mix-and-match";
    public const string Root = "root";
    public const string SelfTest = "self-test";
    public const string BackTest = "back-test";
    public const string BlocksExploded = "blocks-exploded";
    public const string ByHand = "by-hand";

    private const int NoSpace = 28; // ENOSPC
    private const int NoQuota = 122; // EDQUOT

    public string Code { get; } = code;

    public bool MayPass { get; } = mayPass;

    public static UpdateRefusal Of(PackFault fault) => new(CodeOf(fault.Kind), fault.Message, fault.Kind is PackFaultKind.RootExpired or PackFaultKind.Unreadable);

    public static UpdateRefusal Of(IOException fault) => fault.HResult is NoSpace or NoQuota
        ? new UpdateRefusal(DiskFull, $"the disk is full: {fault.Message}", mayPass: true, fault)
        : new UpdateRefusal(Damaged, $"the disk: {fault.Message}", mayPass: true, fault);

    public static string CodeOf(PackFaultKind kind) => kind switch
    {
        PackFaultKind.Rollback => "rollback",
        PackFaultKind.Expired => "expired",
        PackFaultKind.KeyExpired => "key-expired",
        PackFaultKind.RootExpired => "root-expired",
        PackFaultKind.AnotherPack => MixAndMatch,
        PackFaultKind.UntrustedSigner => "wrong-key",
        PackFaultKind.BadSignature => "bad-signature",
        PackFaultKind.NotAPack => "not-a-pack",
        PackFaultKind.Unreadable => "unreadable",
        _ => Damaged,
    };
}
