using System.Diagnostics;
using CoPilot.LoadRunner.Load;

namespace CoPilot.LoadRunner.Tests.Load;

public sealed class StepMetricsTests
{
    private readonly PhaseClock _clock = new(2);

    [Fact]
    public void Ok_OfSomethingMeantForAnEarlierPhase_CountsThere()
    {
        var step = new StepMetrics("send", _clock);
        var start = Stopwatch.GetTimestamp();
        _clock.Begin(1, start);
        _clock.Begin(2, start + Stopwatch.Frequency);

        step.Ok(start - 1, start + 10);
        step.Ok(start + 5, start + (2 * Stopwatch.Frequency));
        step.Ok(start + (3 * Stopwatch.Frequency), start + (4 * Stopwatch.Frequency));

        Assert.Equal([1L, 1L, 1L], new[] { 0, 1, 2 }.Select(phase => step.In(phase)!.Latency.Count));
        Assert.InRange(step.In(1)!.Latency.MaxMs, 1_999, 2_002);
    }

    [Fact]
    public void Fail_OfSeveral_CountsByCode()
    {
        var step = new StepMetrics("send", _clock);

        step.Fail(0, "stale");
        step.Fail(0, "stale");
        step.Fail(0, "internal");

        Assert.Equal(2, step.In(0)!.Failed["stale"]);
        Assert.Equal(1, step.In(0)!.Failed["internal"]);
        Assert.Null(step.In(1));
    }

    [Fact]
    public void AddAt_AMomentOfAPhase_CountsThere()
    {
        var counter = new Counter("deliveries", _clock);
        _clock.Begin(1, 1_000);
        _clock.Begin(2, 2_000);

        counter.AddAt(1_500, 3);
        counter.AddAt(2_500, 4);

        Assert.Equal((0, 3, 4), (counter.In(0), counter.In(1), counter.In(2)));
    }

    [Theory]
    [InlineData(nameof(ThresholdMeasure.FailedShare), 0.25, true)]
    [InlineData(nameof(ThresholdMeasure.FailedShare), 0.24, false)]
    [InlineData(nameof(ThresholdMeasure.P99Ms), 10, true)]
    [InlineData(nameof(ThresholdMeasure.P99Ms), 9, false)]
    [InlineData(nameof(ThresholdMeasure.OkPerSecond), 1.5, true)]
    [InlineData(nameof(ThresholdMeasure.OkPerSecond), 1.6, false)]
    public void IsMetBy_WhatAStepDid_IsJudgedByItsMeasure(string measure, double limit, bool isMet)
    {
        var tally = new StepTally();
        for (var i = 0; i < 3; i++)
        {
            tally.Add(TimeSpan.FromMilliseconds(9.995));
        }

        tally.Fail("internal");
        var threshold = new Threshold("send", Enum.Parse<ThresholdMeasure>(measure), limit);

        Assert.Equal(isMet, threshold.IsMetBy(threshold.ValueOf(tally, seconds: 2)));
    }

    [Fact]
    public void IsMetBy_NothingMeasured_IsNotMet()
    {
        var threshold = new Threshold("send", ThresholdMeasure.P99Ms, 10);

        Assert.False(threshold.IsMetBy(threshold.ValueOf(new StepTally(), seconds: 2)));
    }
}
