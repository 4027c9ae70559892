using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Sessions;
using CoPilot.CoBrowse.Tests.Sessions;
using CoPilot.Contracts;

namespace CoPilot.CoBrowse.Tests.Auditing;

public sealed class AuditChainTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly CoBrowseSession _session;
    private readonly List<AuditEntry> _entries = [];

    public AuditChainTests()
    {
        var head = AuditChain.Begin("demo", "s1", 7);
        foreach (var (i, what) in new[] { AuditWords.Issued, AuditWords.Redeemed, AuditWords.Page, AuditWords.Ended }.Index())
        {
            var entry = AuditChain.Append(head, new AuditNote(Roles.Customer, "c1", what, what == AuditWords.Page ? "/help" : null), Start.AddSeconds(i));
            _entries.Add(entry);
            head = new AuditHead(entry.Number, entry.Hash);
        }

        _session = SampleSession.Issued with { Number = 7, Audit = head };
    }

    [Fact]
    public void FindBreak_Untouched_FindsNone() => Assert.Null(AuditChain.FindBreak(_session, _entries));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void FindBreak_EntryAltered_FindsIt(int index)
    {
        foreach (var altered in new[]
        {
            _entries[index] with { Data = "/other" },
            _entries[index] with { Who = "c2" },
            _entries[index] with { Role = Roles.Agent },
            _entries[index] with { What = AuditWords.Watched },
            _entries[index] with { At = _entries[index].At.AddMilliseconds(1) },
        })
        {
            Assert.Equal(index + 1, AuditChain.FindBreak(_session, [.. _entries.Take(index), altered, .. _entries.Skip(index + 1)]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void FindBreak_EntryTakenOut_FindsItsPlace(int index) =>
        Assert.Equal(index + 1, AuditChain.FindBreak(_session, [.. _entries.Take(index), .. _entries.Skip(index + 1)]));

    [Fact]
    public void FindBreak_EntriesSwapped_FindsTheFirst() =>
        Assert.Equal(2, AuditChain.FindBreak(_session, [_entries[0], _entries[2], _entries[1], _entries[3]]));

    [Fact]
    public void FindBreak_EntriesSwappedAndRenumbered_FindsTheFirst() => Assert.Equal(
        2, AuditChain.FindBreak(_session, [_entries[0], _entries[2] with { Number = 2 }, _entries[1] with { Number = 3 }, _entries[3]]));

    [Fact]
    public void FindBreak_ChainMadeAnewFromAnAlteredEntry_FindsTheEnd()
    {
        var forged = AuditChain.Append(new AuditHead(1, _entries[0].Hash), new AuditNote(Roles.Customer, "c1", AuditWords.Ended), Start);

        Assert.Equal(3, AuditChain.FindBreak(_session, [_entries[0], forged]));
    }

    [Fact]
    public void FindBreak_AsAnotherSessionsOrNumber_FindsTheFirst()
    {
        Assert.Equal(1, AuditChain.FindBreak(_session with { Number = 8 }, _entries));
        Assert.Equal(1, AuditChain.FindBreak(_session with { SessionId = "s2" }, _entries));
        Assert.Equal(1, AuditChain.FindBreak(_session with { SiteId = "other" }, _entries));
    }
}
