using System.Collections.Concurrent;
using System.Diagnostics;
using CoPilot.LoadRunner.Load;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Tests.Load;

public sealed class LoadRunTests
{
    private readonly StepMetrics _lateness = new("lateness", new PhaseClock(0));
    private readonly ConcurrentBag<Exception> _failures = [];

    [Fact]
    public async Task RunAsync_OfAnOpenLoad_StartsEachAtItsMomentOrAfterAndNoneTwice()
    {
        var intended = new List<long>();
        var early = 0;
        var begin = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 20);

        await Run(begin, moment =>
        {
            early += Stopwatch.GetTimestamp() < moment ? 1 : 0;
            intended.Add(moment);
            return ValueTask.CompletedTask;
        }).RunAsync(new Inject(1_000, TimeSpan.FromSeconds(0.2))).Within();

        Assert.Equal(200, intended.Count);
        Assert.All(intended, (moment, number) => Assert.Equal(number * 0.001, Stopwatch.GetElapsedTime(begin, moment).TotalSeconds, 6));
        Assert.Equal(0, early);
        Assert.Equal(200, _lateness.In(0)!.Latency.Count);
    }

    [Fact]
    public async Task RunAsync_OfAnOpenLoad_EndsWhenAllThatItStartedHas()
    {
        var end = new TaskCompletionSource();
        var started = 0;

        var running = Run(Stopwatch.GetTimestamp(), _ =>
        {
            Interlocked.Increment(ref started);
            return new ValueTask(end.Task);
        }).RunAsync(new Inject(100, TimeSpan.FromSeconds(0.05)));
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref started) == 5));

        Assert.False(running.IsCompleted);
        end.SetResult();
        await running.Within();
    }

    [Fact]
    public async Task RunAsync_OfWhatThrows_TellsOfEachAndGoesOn()
    {
        var turn = 0;

        await Run(Stopwatch.GetTimestamp(), _ => turn++ % 2 == 0
            ? throw new InvalidOperationException("at once")
            : new ValueTask(Task.FromException(new InvalidOperationException("later")))).RunAsync(new Inject(100, TimeSpan.FromSeconds(0.1))).Within();

        Assert.Equal(10, _failures.Count);
    }

    /// <remarks>A copy ends by what it throws, not by the hour that it has: a machine that stands still for a moment changes nothing.</remarks>
    [Fact]
    public async Task RunAsync_OfAClosedLoad_HasSoManyAtOnce()
    {
        var (now, most, all) = (0, 0, 0);
        var allFour = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new Lock();

        await Run(Stopwatch.GetTimestamp(), async _ =>
        {
            int turn;
            lock (gate)
            {
                most = Math.Max(most, ++now);
                turn = ++all;
            }

            if (turn == 4)
            {
                allFour.SetResult();
            }

            await allFour.Task;
            lock (gate)
            {
                now--;
            }

            if (turn > 12)
            {
                throw new InvalidOperationException("enough");
            }
        }).RunAsync(new KeepConstant(4, TimeSpan.FromHours(1))).Within();

        Assert.Equal(4, most);
        Assert.Equal(16, all);
        Assert.Equal(4, _failures.Count);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(0.4, 3)]
    [InlineData(0.6, 2)]
    [InlineData(0.9, 1)]
    [InlineData(1, 0)]
    public async Task RunAsync_OfAShrinkingLoad_HasTheCopiesWhoseTimeIsNotOver(double passed, int copies)
    {
        var ramp = new RampingConstant(4, 0, TimeSpan.FromHours(1));
        var begin = Stopwatch.GetTimestamp() - (long)(passed * ramp.During.TotalSeconds * Stopwatch.Frequency);

        await Run(begin, _ => throw new InvalidOperationException("once is enough")).RunAsync(ramp).Within();

        Assert.Equal(copies, _failures.Count);
    }

    [Fact]
    public async Task RunAsync_WhenItIsToStop_Stops()
    {
        using var stop = new CancellationTokenSource();
        var running = Run(Stopwatch.GetTimestamp(), _ => ValueTask.CompletedTask, stop.Token).RunAsync(new Inject(1, TimeSpan.FromHours(1)));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Within());
    }

    private LoadRun Run(long begin, Func<long, ValueTask> start, CancellationToken stop = default) => new(begin, start, _failures.Add, _lateness, stop);
}
