using System.Text;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Tests.Traffic;

/// <summary>A pattern set of a few entries, held in plain lists: what detectors are tested against.</summary>
internal sealed class TestPatterns : IPatternSet
{
    private readonly List<PatternLabel> _labels = [];
    private readonly List<(string Text, int Label)> _names = [];
    private readonly List<(string Text, int Label)> _addresses = [];
    private readonly List<(string Text, int Label)> _urls = [];
    private readonly List<(string Text, int Label)> _fingerprints = [];
    private readonly List<(string Text, int Label)> _files = [];

    public string Version => "test-1";

    public bool HasFingerprints => _fingerprints.Count > 0;

    public bool HasFiles => _files.Count > 0;

    public TestPatterns Name(string name, PatternKind kind, string label) => Add(_names, name, kind, label);

    public TestPatterns Address(string address, PatternKind kind, string label) => Add(_addresses, address, kind, label);

    public TestPatterns Url(string url, PatternKind kind, string label) => Add(_urls, url, kind, label);

    /// <summary>A fingerprint: JA4 as it is, others in lower-case hexadecimal digits.</summary>
    public TestPatterns Fingerprint(FingerprintKind fingerprint, string value, PatternKind kind, string label) => Add(_fingerprints, $"{fingerprint}:{value}", kind, label);

    /// <summary>A file by its digest in lower-case hexadecimal digits.</summary>
    public TestPatterns File(string digest, PatternKind kind, string label) => Add(_files, digest, kind, label);

    public PatternLabel Label(int index) => _labels[index];

    public int FindName(ReadOnlySpan<byte> name, Span<PatternMatch> matches)
    {
        var text = Encoding.ASCII.GetString(name);
        return Write(_names.Where(entry => text == entry.Text || text.EndsWith("." + entry.Text, StringComparison.Ordinal)), matches);
    }

    public int FindAddress(IpAddress address, ushort port, Span<PatternMatch> matches)
    {
        var text = address.ToString();
        return Write(_addresses.Where(entry => entry.Text == text || entry.Text == $"{text}:{port}"), matches, address.IsIPv4 ? 32 : 128);
    }

    public int FindUrl(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, Span<PatternMatch> matches)
    {
        var (name, path) = (Encoding.ASCII.GetString(host), Encoding.ASCII.GetString(target));
        var found = _urls.FirstOrDefault(entry => (name + path).StartsWith(entry.Text, StringComparison.Ordinal));
        return found.Text is null ? 0 : Write([found], matches, found.Text.Length - name.Length);
    }

    public int FindFingerprint(FingerprintKind kind, ReadOnlySpan<byte> value, Span<PatternMatch> matches)
    {
        var text = $"{kind}:{(kind == FingerprintKind.Ja4 ? Encoding.ASCII.GetString(value) : Convert.ToHexStringLower(value))}";
        return Write(_fingerprints.Where(entry => entry.Text == text), matches);
    }

    public int FindFile(ReadOnlySpan<byte> digest, Span<PatternMatch> matches)
    {
        var text = Convert.ToHexStringLower(digest);
        return Write(_files.Where(entry => entry.Text == text), matches);
    }

    private TestPatterns Add(List<(string Text, int Label)> entries, string text, PatternKind kind, string label)
    {
        entries.Add((text, _labels.Count));
        _labels.Add(new PatternLabel(kind, label, "test-feed"));
        return this;
    }

    private static int Write(IEnumerable<(string Text, int Label)> found, Span<PatternMatch> matches, int? length = null)
    {
        var count = 0;
        foreach (var (text, label) in found.OrderByDescending(entry => entry.Text.Length).Take(matches.Length))
        {
            matches[count++] = new PatternMatch(label, length ?? text.Length);
        }

        return count;
    }
}
