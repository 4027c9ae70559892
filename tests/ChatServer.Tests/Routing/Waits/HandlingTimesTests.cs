using CoPilot.ChatServer.Routing;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

public sealed class HandlingTimesTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    /// <summary>To the last digit: every engine must come to these numbers.</summary>
    [Fact]
    public void EachChange_WorkedByHand_GivesTheseNumbers()
    {
        var times = default(HandlingTimes).Took(1 * Minute);
        Assert.Equal(new HandlingTimes(1 * Minute, 1, 0, 0, 0), times);

        times = times.GaveBack(4 * Minute, handled: true);
        Assert.Equal(new HandlingTimes(4 * Minute, 0, 1000, 180_000, 0), times);

        // At five minutes each loses its twelfth, rounded down: 83 of 1000, and 15,000.
        times = times.LetAhead(5 * Minute);
        Assert.Equal(new HandlingTimes(5 * Minute, 0, 917, 165_000, 1000), times);

        times = times.Took(400_000);
        Assert.Equal(new HandlingTimes(400_000, 1, 917, 165_000, 1000), times);

        // Two steps end: 365,000 - 30,416, and with what was held since 634,584 - 52,882.
        times = times.AsOf(15 * Minute);
        Assert.Equal(new HandlingTimes(15 * Minute, 1, 771, 581_702, 841), times);

        times = times.GaveBack(16 * Minute, handled: false);
        Assert.Equal(new HandlingTimes(16 * Minute, 0, 771, 641_702, 841), times);
    }

    [Fact]
    public void AsOf_OnTheWay_ChangesNothing()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var times = new HandlingTimes(random.Next(), random.Next(50), random.Next(100_000), random.NextInt64(50 * Hour), random.Next(100_000));
            var later = times.At + random.NextInt64(20 * Hour);
            var onTheWay = times.At + random.NextInt64(later - times.At + 1);

            Assert.Equal(times.AsOf(later), times.AsOf(onTheWay).AsOf(later));
        }
    }

    [Fact]
    public void HandledPerHour_SteadyFlow_IsWhatOneHourBrings()
    {
        var times = default(HandlingTimes);
        for (var minute = 0L; minute < 24 * 60; minute++)
        {
            times = times.Took(minute * Minute).GaveBack((minute * Minute) + 40_000, handled: true).LetAhead((minute * Minute) + 50_000);
        }

        Assert.InRange(times.HandledPerHour, 58, 65);
        Assert.InRange(times.HeadStartsPerHour, 58, 65);
        Assert.InRange(times.MeanSeconds, 39.9, 40.1);
    }

    [Fact]
    public void HandledPerHour_NothingMore_IsAThirdAfterAnHour()
    {
        var times = default(HandlingTimes).Took(0).GaveBack(Minute, handled: true);

        Assert.InRange(times.AsOf(Hour).HandledPerHour, 0.35, 0.36);
    }

    /// <summary>Twenty chats of 2, 4, ... 40 minutes, begun together: 21 on average. After ten minutes five are done, which took 6.</summary>
    [Fact]
    public void MeanSeconds_ManyStillGoOn_IsNotThatOfTheShortOnes()
    {
        var times = Enumerable.Range(0, 20).Aggregate(default(HandlingTimes), (sums, _) => sums.Took(0));
        for (var minute = 2; minute <= 10; minute += 2)
        {
            times = times.GaveBack(minute * Minute, handled: true);
        }

        Assert.True(times.MeanSeconds > 21 * 60, $"{times.MeanSeconds} s");
    }

    [Fact]
    public void MeanSeconds_TakenBackUnserved_CountsItsTimeAlone()
    {
        var times = default(HandlingTimes).Took(0).GaveBack(Minute, handled: false).Took(Minute).GaveBack(3 * Minute, handled: true);

        Assert.Equal(180, times.MeanSeconds);
    }

    [Fact]
    public void MeanSeconds_NothingHandled_IsInfinite() => Assert.Equal(double.PositiveInfinity, default(HandlingTimes).Took(0).AsOf(Minute).MeanSeconds);

    [Fact]
    public void AsOf_ClockStepsBack_AddsNothingUntilItIsPast()
    {
        var times = default(HandlingTimes).Took(10 * Minute).GaveBack(7 * Minute, handled: true).Took(8 * Minute).AsOf(10 * Minute);
        Assert.Equal(new HandlingTimes(10 * Minute, 1, 1000, 0, 0), times);

        Assert.Equal(60_000, times.AsOf(11 * Minute).Held);
    }

    [Fact]
    public void AsOf_AfterALongSilence_ForgetsWhatWasAndCountsWhoIsServed()
    {
        var before = new HandlingTimes(0, 2, 500_000, 50 * Hour, 500_000);

        var times = before.AsOf(1000 * Hour);

        Assert.Equal((0, 0), (times.Handled, times.HeadStarts));
        Assert.InRange(times.Held, (long)(1.8 * Hour), 2 * Hour);
    }

    [Fact]
    public void GaveBack_NobodyServed_StaysAtNone() => Assert.Equal(0, default(HandlingTimes).GaveBack(Minute, handled: false).Serving);
}
