using CoPilot.Contracts.CoBrowse;
using CoPilot.LoadRunner.Scenarios.Relaying;

namespace CoPilot.LoadRunner.Tests.Scenarios.Relaying;

public sealed class FrameLedgerTests
{
    private readonly FrameLedger _ledger = new();

    [Fact]
    public void See_OfAllPieces_AnswersWhenTheFrameWasToBeShown()
    {
        _ledger.Show(Shown([1, 2], [3]), intended: 17);

        Assert.Null(_ledger.See(Piece(1, 0, 2, 1, 2)));
        Assert.Equal(17, _ledger.See(Piece(1, 1, 2, 3)));
        Assert.Equal((1, 1, 0, 0, 0), (_ledger.Shown, _ledger.Seen, _ledger.Doubled, _ledger.Reordered, _ledger.Changed));
    }

    [Fact]
    public void See_OfAFrameThatWasSeen_IsDoubled()
    {
        _ledger.Show(Shown([1]), intended: 1);
        _ledger.See(Piece(1, 0, 1, 1));

        Assert.Null(_ledger.See(Piece(1, 0, 1, 1)));
        Assert.Equal((1, 1), (_ledger.Seen, _ledger.Doubled));
    }

    [Fact]
    public void See_OfAnEarlierFrameAfterALaterOne_IsReordered()
    {
        _ledger.Show(Shown([1]), intended: 1);
        _ledger.Show(Shown([2]), intended: 2);

        Assert.Equal(2, _ledger.See(Piece(2, 0, 1, 2)));
        Assert.Equal(0, _ledger.Reordered);
        Assert.Equal(1, _ledger.See(Piece(1, 0, 1, 1)));
        Assert.Equal((2, 1), (_ledger.Seen, _ledger.Reordered));
    }

    [Fact]
    public void See_OfOtherBytes_IsChanged()
    {
        _ledger.Show(Shown([1, 2]), intended: 1);

        _ledger.See(Piece(1, 0, 1, 1, 3));

        Assert.Equal(1, _ledger.Changed);
    }

    [Fact]
    public void Take_OfSeveral_TellsEachOnce()
    {
        var told = new List<long>();
        _ledger.Show(Shown([1]), intended: 10);
        _ledger.Show(Shown([1]), intended: 20);
        _ledger.Show(Shown([1]), intended: 30);

        _ledger.Take(2, told.Add);
        _ledger.Take(1, told.Add);
        _ledger.Take(3, told.Add);

        Assert.Equal([10, 20, 30], told);
        Assert.False(_ledger.IsComplete);
    }

    private static RecordedFrame Shown(params byte[][] pieces) => new(TimeSpan.Zero, IsKeyframe: true, pieces);

    private static Frame Piece(long seq, int part, int parts, params byte[] data) => new(seq, true, part, parts, data);
}
