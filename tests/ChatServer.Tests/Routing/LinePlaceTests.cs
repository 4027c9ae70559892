using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using FsCheck;
using FsCheck.Fluent;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class LinePlaceTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1_800)]
    [InlineData(1_800, 0)]
    [InlineData(300, 301)]
    public void Place_TellsWhatItWasMadeOf(long after, int headStart)
    {
        var place = LinePlace.Of(1_795_428_000_123 + after, headStart);

        Assert.Equal((1_795_428_000_123 + after, headStart), (LinePlace.StampOf(place), LinePlace.HeadStartOf(place)));
    }

    private const long Noon = 1_795_000_000_000;

    [Fact]
    public void Of_LaterStamp_IsLater() => Assert.True(LinePlace.Of(Noon, 0) < LinePlace.Of(Noon + 1, 0));

    [Fact]
    public void Of_HeadStart_StandsAsIfItHadComeEarlier()
    {
        Assert.True(LinePlace.Of(Noon + 59_999, 60) < LinePlace.Of(Noon, 0));
        Assert.True(LinePlace.Of(Noon, 0) < LinePlace.Of(Noon + 60_000, 60));
    }

    [Fact]
    public void Of_WhoComesAfterTheGreatestHeadStart_IsBehindWhateverTheirs() =>
        Assert.True(LinePlace.Of(Noon, 0) < LinePlace.Of(Noon + (LinePlace.GreatestHeadStart * 1_000), LinePlace.GreatestHeadStart));

    [Fact]
    public void Of_DifferentStamps_AreNeverTheSamePlace()
    {
        var places = from stamp in Enumerable.Range(0, 200) from headStart in new[] { 0, 1, 2, 60 } select (stamp, LinePlace.Of(Noon + (stamp * 500), headStart));

        Assert.All(places.GroupBy(place => place.Item2), same => Assert.Single(same.Select(place => place.stamp).Distinct()));
    }

    /// <summary>The guard against starving: whatever the rules are, nobody is overtaken by who came later than the queue's greatest head start after them.</summary>
    [Fact]
    public void HeadStarts_OfAnyRules_OvertakeNobodyLongerThanTheMaximum() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 1_800), 4), 12)),
        Arb.From(Gen.Choose(0, LinePlace.GreatestHeadStart)),
        (numbers, maximum) =>
        {
            var queue = QueueSettings.Removed("orders") with
            {
                MaximumHeadStart = TimeSpan.FromSeconds(maximum),
                Priorities =
                [
                    new(TimeSpan.FromSeconds(1 + (numbers[0][0] % 1_800))) { Topic = "0" },
                    new(TimeSpan.FromSeconds(1 + (numbers[0][1] % 1_800))) { Verified = true },
                    new(TimeSpan.FromSeconds(1 + (numbers[0][2] % 1_800))) { Topic = "1", Verified = false },
                ],
            };
            var stamp = Noon;
            var line = numbers.Select(number => (
                Stamp: stamp += 1 + (number[0] * 37),
                Place: LinePlace.Of(stamp, queue.HeadStartOf($"{number[1] % 3}", number[2] % 2 == 0, new Dictionary<string, string>())))).ToList();
            Assert.Equal(line.Count, line.Select(contact => contact.Place).Distinct().Count());
            return !line.Exists(one => line.Exists(other => other.Place < one.Place && other.Stamp - one.Stamp > maximum * 1_000L));
        }).QuickCheckThrowOnFailure();

    /// <summary>A sorted set's score is a double; the last moment of 42 bits is in 2109.</summary>
    [Fact]
    public void Of_TheLastStampOf42Bits_IsExactAsADouble()
    {
        var last = LinePlace.Of((1L << 42) - 1, 0);

        Assert.Equal(last, (long)(double)last);
        Assert.Equal(last - 1, (long)(double)(last - 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(LinePlace.GreatestHeadStart + 1)]
    public void Of_HeadStartOutsideItsRange_Throws(int headStart) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LinePlace.Of(Noon, headStart));
}
