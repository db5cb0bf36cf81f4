using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;
using MediaSecurityLite.Patterns.Compiling;
using MediaSecurityLite.Patterns.Packs;

namespace MediaSecurityLite.Benchmarks;

/// <summary>
/// Lookups in a pack of a million names and 100,000 addresses; half of what is asked for is in it. Beside it a
/// <see cref="FrozenSet{T}"/> of the same names, asked as who had no pack would have to: for the name and each parent.
/// </summary>
[MemoryDiagnoser]
public class PatternBenchmarks
{
    private const int Names = 1_000_000;
    private const int Addresses = 100_000;
    private const int Asked = 1 << 16;

    private readonly string _folder = Directory.CreateTempSubdirectory("msl-benchmark-").FullName;
    private readonly byte[][] _names = new byte[Asked][];
    private readonly IpAddress[] _addresses = new IpAddress[Asked];
    private PatternPack _pack = null!;
    private FrozenSet<string> _set = null!;
    private FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _spans;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var names = Enumerable.Range(0, Names).Select(i => $"n{random.Next():x}.d{i:x}.test").ToArray();
        File.WriteAllLines(Path.Combine(_folder, "trails.txt"), names.Concat(Enumerable.Range(0, Addresses).Select(i => new System.Net.IPAddress(BitConverter.GetBytes(i * 20_011)).ToString())));
        File.WriteAllText(Path.Combine(_folder, "sources.json"), """
            { "sources": [ { "id": "feed", "format": "trails", "path": "trails.txt", "licence": "MIT", "kind": "CommandAndControl", "name": "family" } ] }
            """);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _ = PackVersion.TryParse("1", out var version);
        var created = DateTimeOffset.UnixEpoch;
        var list = SourceList.Load([Path.Combine(_folder, "sources.json")], new Dictionary<string, string>());
        var file = Path.Combine(_folder, "benchmark.mslpack");
        File.WriteAllBytes(file, PatternCompiler.Build(list, new PackIdentity("benchmark", version, created, created.AddDays(90)), key).Pack);
        _pack = PatternPack.Open(file, TrustedKeys.AnySigner).Pack ?? throw new InvalidOperationException("the pack does not open");
        _set = names.ToFrozenSet(StringComparer.Ordinal);
        _spans = _set.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < Asked; i++)
        {
            _names[i] = Encoding.ASCII.GetBytes((i & 1) == 0 ? "www." + names[random.Next(Names)] : $"www.n{random.Next():x}.other{i:x}.test");
            _addresses[i] = IpAddress.FromV4((uint)random.Next());
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _pack.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A name with all its parents.</summary>
    [Benchmark]
    public int Name()
    {
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        return _pack.FindName(_names[_next++ & (Asked - 1)], matches);
    }

    [Benchmark(Baseline = true)]
    public int NameInFrozenSet()
    {
        var name = _names[_next++ & (Asked - 1)];
        Span<char> characters = stackalloc char[256];
        var rest = (ReadOnlySpan<char>)characters[..Encoding.ASCII.GetChars(name, characters)];
        var found = 0;
        for (var dot = 0; dot >= 0; dot = rest.IndexOf('.'), rest = rest[(dot + 1)..])
        {
            found += _spans.Contains(rest) ? 1 : 0;
        }

        return found;
    }

    [Benchmark]
    public int Address()
    {
        Span<PatternMatch> matches = stackalloc PatternMatch[IPatternSet.MaxMatches];
        return _pack.FindAddress(_addresses[_next++ & (Asked - 1)], 443, matches);
    }
}
