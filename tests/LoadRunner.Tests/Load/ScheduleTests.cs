using CoPilot.LoadRunner.Load;

namespace CoPilot.LoadRunner.Tests.Load;

public sealed class ScheduleTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Fact]
    public void At_OfAnEvenRate_IsEven()
    {
        var schedule = Schedule.Of(new Inject(100, TenSeconds))!;

        Assert.Equal(1_000, schedule.Count);
        Assert.Equal(TimeSpan.Zero, schedule.At(0));
        Assert.Equal(TimeSpan.FromMilliseconds(10), schedule.At(1));
        Assert.Equal(TimeSpan.FromSeconds(9.99), schedule.At(999));
    }

    [Fact]
    public void At_OfWhatIsPlanned_IsAsPlanned()
    {
        var schedule = Schedule.Of(new Planned([TimeSpan.Zero, TimeSpan.FromSeconds(3)], TenSeconds))!;

        Assert.Equal((2, TimeSpan.FromSeconds(3)), (schedule.Count, schedule.At(1)));
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(200, 0)]
    [InlineData(50, 150)]
    public void At_OfARamp_HasAsManyAsTheAreaBelowItAndStaysInTime(double from, double to)
    {
        var schedule = Schedule.Of(new RampingInject(from, to, TenSeconds))!;
        var moments = Moments(schedule);

        Assert.Equal(1_000, schedule.Count);
        Assert.Equal(moments.Order(), moments);
        Assert.InRange(moments[^1], TimeSpan.FromSeconds(9), TenSeconds);
    }

    [Fact]
    public void At_OfARamp_HasAQuarterInTheFirstHalf()
    {
        var moments = Moments(Schedule.Of(new RampingInject(0, 200, TenSeconds))!);

        Assert.Equal(250, moments.Count(moment => moment < TenSeconds / 2));
    }

    [Fact]
    public void Count_OfAPauseAndOfRateZero_IsNone()
    {
        Assert.Equal(0, Schedule.Of(new Pause(TenSeconds))!.Count);
        Assert.Equal(0, Schedule.Of(new Inject(0, TenSeconds))!.Count);
        Assert.Equal(0, Schedule.Of(new RampingInject(0, 0, TenSeconds))!.Count);
    }

    [Fact]
    public void Of_AClosedLoad_IsNone() => Assert.Null(Schedule.Of(new KeepConstant(5, TenSeconds)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void Share_OfAnOpenLoad_TakesTurnsAndLosesNone(int workers)
    {
        LoadSimulation[] whole = [new Inject(99, TenSeconds), new RampingInject(10, 90, TenSeconds)];

        foreach (var simulation in whole)
        {
            var parts = Enumerable.Range(0, workers).SelectMany(index => Moments(Schedule.Of(simulation.Share(index, workers))!)).Order().ToList();
            var expected = Moments(Schedule.Of(simulation)!);
            Assert.Equal(expected.Count, parts.Count);
            Assert.All(parts.Zip(expected), pair => Assert.Equal(pair.Second.TotalSeconds, pair.First.TotalSeconds, 5));
        }
    }

    [Fact]
    public void Share_OfAClosedLoad_AddsUpToTheWhole()
    {
        Assert.Equal(10, Enumerable.Range(0, 3).Sum(index => ((KeepConstant)new KeepConstant(10, TenSeconds).Share(index, 3)).Copies));
        Assert.Equal(11, Enumerable.Range(0, 4).Sum(index => ((RampingConstant)new RampingConstant(0, 11, TenSeconds).Share(index, 4)).To));
    }

    private static List<TimeSpan> Moments(Schedule schedule)
    {
        var moments = new List<TimeSpan>();
        for (var number = 0L; number < schedule.Count; number++)
        {
            moments.Add(schedule.At(number));
        }

        return moments;
    }
}
