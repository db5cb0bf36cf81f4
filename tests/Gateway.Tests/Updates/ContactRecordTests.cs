using System.Text;
using MediaSecurityLite.Gateway.Updates;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Gateway.Tests.Updates;

public sealed class ContactRecordTests
{
    private const long Hour = 3_600_000_000_000;
    private const long Now = 490_000 * Hour;

    private static readonly IpAddress Terminal = IpAddress.FromV4(0x0A000001);
    private static readonly DetectionSnapshot Nothing = DetectionSnapshot.Empty;
    private static readonly DetectionSnapshot Everything = new(new FindsAll(), PolicySet.Default);

    private readonly ContactRecord _record = new();

    [Fact]
    public void Compare_CountsEachContactOncePerHour()
    {
        for (var i = 0; i < 100; i++)
        {
            Visit("a.example", Now);
            Visit("b.example", Now + Hour);
        }

        var result = _record.Compare(Everything, Nothing);

        Assert.Equal((2, 2, 1), (result.Contacts, result.Names, result.Terminals));
    }

    [Fact]
    public void Compare_ForgetsAfterADay()
    {
        Visit("old.example", Now);
        Visit("new.example", Now + (24 * Hour));

        Assert.Equal(["new.example"], _record.Compare(Everything, Nothing).Examples);
    }

    [Fact]
    public void Compare_FindsAddresses()
    {
        _record.OnAddress(Terminal, IpAddress.FromV4(0xC0000201), 443, Now);
        Assert.Equal(["192.0.2.1"], _record.Compare(Everything, Nothing).Examples);
    }

    [Fact]
    public void Add_BeyondTheRoom_IsCountedAndLeftOut()
    {
        for (var i = 0; i < ContactRecord.MaxContacts + 10; i++)
        {
            Visit($"{i}.example", Now);
        }

        Assert.Equal(10, _record.Missed);
        Assert.Equal(ContactRecord.MaxContacts, _record.Compare(Everything, Nothing).Contacts);
    }

    [Fact]
    public void Add_OfLongPaths_StaysWithinTheBytesOfAnHour()
    {
        var path = new byte[8000];
        for (var i = 0; i < 2000; i++)
        {
            _record.OnName(Terminal, Encoding.ASCII.GetBytes($"{i}.example"), path, isLookup: false, Now);
        }

        Assert.InRange(_record.Compare(Everything, Nothing).Contacts, 900, ContactRecord.MaxBytes / 512);
        Assert.True(_record.Missed > 0);
    }

    [Fact]
    public void Add_InTheSteadyState_AllocatesNothing()
    {
        var names = Enumerable.Range(0, 1000).Select(i => Encoding.ASCII.GetBytes($"{i}.example")).ToArray();
        Add(names);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Add(names);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Add(byte[][] all)
        {
            foreach (var name in all)
            {
                _record.OnName(Terminal, name, "/path"u8, isLookup: false, Now);
                _record.OnAddress(Terminal, IpAddress.FromV4((uint)name[0]), 443, Now);
            }
        }
    }

    private void Visit(string host, long now) => _record.OnName(Terminal, Encoding.ASCII.GetBytes(host), "/"u8, isLookup: false, now);

    /// <summary>Takes everything for a C&amp;C server.</summary>
    private sealed class FindsAll : IPatternSet
    {
        public string Version => "1";

        public bool HasFingerprints => false;

        public bool HasFiles => false;

        public PatternLabel Label(int index) => new(PatternKind.CommandAndControl, "testbot", "feed");

        public int FindName(ReadOnlySpan<byte> name, Span<PatternMatch> matches) => One(matches);

        public int FindAddress(IpAddress address, ushort port, Span<PatternMatch> matches) => One(matches);

        public int FindUrl(ReadOnlySpan<byte> host, ReadOnlySpan<byte> target, Span<PatternMatch> matches) => One(matches);

        public int FindFingerprint(FingerprintKind kind, ReadOnlySpan<byte> fingerprint, Span<PatternMatch> matches) => 0;

        public int FindFile(ReadOnlySpan<byte> digest, Span<PatternMatch> matches) => 0;

        private static int One(Span<PatternMatch> matches)
        {
            matches[0] = new PatternMatch(0, 1);
            return 1;
        }
    }
}
