using System.Security.Cryptography;
using System.Text;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Inspection.Protocols.Dns;
using MediaSecurityLite.Inspection.Protocols.Http;
using MediaSecurityLite.Inspection.Protocols.Tls;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Inspection.Detectors;

/// <summary>
/// What each observation is held against, in this order: C&amp;C indicators; then, unless the customer's allow list knows the
/// host, block list, category, application. The first that finds something decides.
/// </summary>
internal sealed class DetectorSet(IDetectionSink sink, EveWriter? records)
{
    /// <summary>Longer paths are matched up to here; the limit of common servers.</summary>
    private const int MaxTarget = 8192;

    private readonly byte[] _host = new byte[HostName.MaxLength];
    private readonly byte[] _target = new byte[MaxTarget];

    /// <summary>What is known now; replaced as a whole.</summary>
    public DetectionSnapshot Snapshot { get; set; } = DetectionSnapshot.Empty;

    /// <summary>Detections made.</summary>
    public long Count { get; private set; }

    /// <summary>A flow begins: the address the terminal talks to.</summary>
    public void OnFlow(Flow flow, long now)
    {
        var sides = Sides.Of(flow);
        OnAddress(flow, sides.Remote, sides.RemotePort, now);
    }

    /// <summary>The terminal talks to an address, itself or through a proxy.</summary>
    public void OnAddress(Flow flow, IpAddress address, ushort port, long now)
    {
        Snapshot.Contacts?.OnAddress(Sides.Of(flow).Terminal, address, port, now);
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        var found = Snapshot.Patterns.FindAddress(address, port, matches);
        foreach (var match in matches[..found])
        {
            var label = Snapshot.Patterns.Label(match.Label);
            if (label.Kind == PatternKind.Application)
            {
                flow.Application ??= label.Name;
            }
            else if (Threat(label) is { } threat)
            {
                var rule = AddressEntry.Text(address, port, match.Length);
                Report(flow, now, threat, Snapshot.Policy.Settings.CommandAndControl, label, rule, default, default);
                return;
            }
        }
    }

    /// <summary>The terminal asks for a name. Only C&amp;C names are a finding here: browsers look up what nobody has clicked.</summary>
    public void OnDnsQuery(Flow flow, in DnsMessage message, long now)
    {
        Span<byte> raw = stackalloc byte[DnsName.MaxLength];
        var offset = DnsMessage.HeaderLength;
        if (message.QuestionCount > 0 && message.TryReadQuestion(ref offset, raw, out var length, out _))
        {
            var host = _host.AsSpan(0, HostName.Normalize(raw[..length], _host));
            Snapshot.Contacts?.OnName(Sides.Of(flow).Terminal, host, default, isLookup: true, now);
            CommandAndControl(flow, now, host, default);
        }
    }

    /// <summary>The terminal names the server it wants to reach by TLS.</summary>
    public void OnServerName(Flow flow, ReadOnlySpan<byte> name, long now)
    {
        var host = _host.AsSpan(0, HostName.Normalize(name, _host));
        if (!host.IsEmpty)
        {
            Inspect(flow, now, host, default);
        }
    }

    /// <summary>The terminal asks for a URL.</summary>
    public void OnHttpRequest(Flow flow, in HttpRequestHead request, long now)
    {
        HttpTargets.Split(request, out var rawHost, out var rawTarget);
        var host = _host.AsSpan(0, HostName.Normalize(rawHost, _host));
        var target = _target.AsSpan(0, HttpTargets.Normalize(rawTarget, _target));
        if (host.IsEmpty)
        {
            // Without a name the address stands for the host, as in a URL.
            host = _host.AsSpan(0, Sides.Of(flow).Remote.Format(_host));
        }

        Inspect(flow, now, host, target);
    }

    /// <summary>The terminal said hello to a TLS server: which program it is can be told by how it does that.</summary>
    public void OnClientHello(Flow flow, in ClientHello hello, byte carrier, long now)
    {
        if (!Snapshot.Patterns.HasFingerprints)
        {
            return;
        }

        Span<byte> text = stackalloc byte[Ja3.MaxLength];
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
        Ja3.Hash(text[..Ja3.Write(hello, text)], digest);
        if (!IsFingerprintKnown(flow, FingerprintKind.Ja3, digest, now) && Ja4.TryWrite(hello, carrier, text))
        {
            IsFingerprintKnown(flow, FingerprintKind.Ja4, text[..Ja4.Length], now);
        }
    }

    /// <summary>The server showed its certificate.</summary>
    /// <param name="flow">Its flow.</param>
    /// <param name="sha1">What lists name it by.</param>
    /// <param name="now">Time of the packet.</param>
    public void OnCertificate(Flow flow, ReadOnlySpan<byte> sha1, long now) => IsFingerprintKnown(flow, FingerprintKind.Certificate, sha1, now);

    /// <summary>A file has passed as a whole.</summary>
    public void OnFile(Flow flow, ReadOnlySpan<byte> sha256, long now)
    {
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        ReportHash(flow, matches[..Snapshot.Patterns.FindFile(sha256, matches)], "sha256:", sha256, now);
    }

    private bool IsFingerprintKnown(Flow flow, FingerprintKind kind, ReadOnlySpan<byte> value, long now)
    {
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        var mark = kind switch { FingerprintKind.Ja3 => "ja3:", FingerprintKind.Ja4 => "ja4:", _ => "cert:" };
        return ReportHash(flow, matches[..Snapshot.Patterns.FindFingerprint(kind, value, matches)], mark, value, now);
    }

    private bool ReportHash(Flow flow, ReadOnlySpan<PatternMatch> matches, string mark, ReadOnlySpan<byte> value, long now)
    {
        var mode = Snapshot.Policy.Settings.CommandAndControl;
        foreach (var match in matches)
        {
            if (mode != FunctionMode.Off && Snapshot.Patterns.Label(match.Label) is var label && Threat(label) is { } threat)
            {
                var rule = mark + (mark == "ja4:" ? Ascii(value) : Convert.ToHexStringLower(value));
                Report(flow, now, threat, mode, label, rule, default, default);
                return true;
            }
        }

        return false;
    }

    /// <summary>What a label accuses of; null where it only describes.</summary>
    private static DetectionKind? Threat(PatternLabel label) => label.Kind switch
    {
        PatternKind.CommandAndControl => DetectionKind.CommandAndControl,
        PatternKind.Malware => DetectionKind.Malware,
        _ => null,
    };

    private void Inspect(Flow flow, long now, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target)
    {
        Snapshot.Contacts?.OnName(Sides.Of(flow).Terminal, host, target, isLookup: false, now);
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        var found = matches[..Snapshot.Patterns.FindName(host, matches)];
        Identify(flow, found);
        if (CommandAndControl(flow, now, host, target) || Snapshot.Policy.Allow.Find(host, target) is not null)
        {
            return;
        }

        var policy = Snapshot.Policy;
        if (policy.Settings.UrlLists != FunctionMode.Off && policy.Block.Find(host, target) is { } rule)
        {
            Report(flow, now, DetectionKind.Url, policy.Settings.UrlLists, null, rule.Text, host, target);
            return;
        }

        foreach (var match in found)
        {
            var label = Snapshot.Patterns.Label(match.Label);
            var (kind, mode, isBlocked) = label.Kind switch
            {
                PatternKind.Category => (DetectionKind.Category, policy.Settings.Categories, policy.BlockedCategories.Contains(label.Name)),
                PatternKind.Application => (DetectionKind.Application, policy.Settings.Applications, policy.BlockedApplications.Contains(label.Name)),
                _ => (default, FunctionMode.Off, false),
            };
            if (isBlocked && mode != FunctionMode.Off)
            {
                Report(flow, now, kind, mode, label, Ascii(host[^match.Length..]), host, target);
                return;
            }
        }
    }

    private void Identify(Flow flow, ReadOnlySpan<PatternMatch> matches)
    {
        foreach (var match in matches)
        {
            var label = Snapshot.Patterns.Label(match.Label);
            if (label.Kind == PatternKind.Application)
            {
                flow.Application = label.Name;
                return;
            }
        }
    }

    private bool CommandAndControl(Flow flow, long now, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target)
    {
        var mode = Snapshot.Policy.Settings.CommandAndControl;
        if (mode == FunctionMode.Off || host.IsEmpty)
        {
            return false;
        }

        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        if (!target.IsEmpty)
        {
            foreach (var match in matches[..Snapshot.Patterns.FindUrl(host, target, matches)])
            {
                if (Snapshot.Patterns.Label(match.Label) is var label && Threat(label) is { } threat)
                {
                    Report(flow, now, threat, mode, label, Ascii(host) + Ascii(target[..match.Length]), host, target);
                    return true;
                }
            }
        }

        foreach (var match in matches[..Snapshot.Patterns.FindName(host, matches)])
        {
            if (Snapshot.Patterns.Label(match.Label) is var label && Threat(label) is { } threat)
            {
                Report(flow, now, threat, mode, label, Ascii(host[^match.Length..]), host, target);
                return true;
            }
        }

        return false;
    }

    private void Report(
        Flow flow, long now, DetectionKind kind, FunctionMode mode, PatternLabel? label, string rule, ReadOnlySpan<byte> host, ReadOnlySpan<byte> target)
    {
        if (flow.Reported is { } known && known.Rule == rule)
        {
            Enforce(flow, known);
            return;
        }

        var sides = Sides.Of(flow);
        var detection = new Detection
        {
            Kind = kind,
            Action = mode == FunctionMode.On ? VerdictAction.Block : VerdictAction.Accept,
            Name = label?.Name,
            Rule = rule,
            RuleSource = label?.Source ?? "policy",
            PackVersion = Snapshot.Patterns.Version,
            Timestamp = now,
            Terminal = sides.Terminal,
            TerminalPort = sides.TerminalPort,
            TerminalMac = sides.TerminalMac,
            Remote = sides.Remote,
            RemotePort = sides.RemotePort,
            IsLookup = !host.IsEmpty && flow.App == AppProtocol.Dns,
            Protocol = flow.Protocol,
            Host = host.IsEmpty ? null : Ascii(host),
            Url = target.IsEmpty ? null : Ascii(target),
            FlowId = flow.Id,
        };
        Count++;
        flow.Alerts++;
        flow.Reported = detection;
        Enforce(flow, detection);
        records?.Alert(flow, detection);
        sink.OnDetection(detection);
    }

    private static void Enforce(Flow flow, Detection detection)
    {
        if (detection.Action == VerdictAction.Block)
        {
            flow.BlockedBy = detection;
        }
    }

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>
    /// Which side of a flow is the terminal: the one with a private address where only one has, else the one that opened it.
    /// </summary>
    private readonly record struct Sides(IpAddress Terminal, ushort TerminalPort, ulong TerminalMac, IpAddress Remote, ushort RemotePort)
    {
        public static Sides Of(Flow flow) => IpScope.IsPrivate(flow.Server) && !IpScope.IsPrivate(flow.Client)
            ? new Sides(flow.Server, flow.ServerPort, flow.ServerMac, flow.Client, flow.ClientPort)
            : new Sides(flow.Client, flow.ClientPort, flow.ClientMac, flow.Server, flow.ServerPort);
    }
}
