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

    [Fact]
    public async Task RunAsync_OfAClosedLoad_HasSoManyAtOnce()
    {
        var (now, most, all) = (0, 0, 0);
        var gate = new Lock();

        await Run(Stopwatch.GetTimestamp(), async _ =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
                all++;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
            lock (gate)
            {
                now--;
            }
        }).RunAsync(new KeepConstant(4, TimeSpan.FromSeconds(0.2))).Within();

        Assert.Equal(4, most);
        Assert.True(all > 4);
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task RunAsync_OfAShrinkingLoad_EndsWithTheLast()
    {
        var all = 0;

        await Run(Stopwatch.GetTimestamp(), async _ =>
        {
            Interlocked.Increment(ref all);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }).RunAsync(new RampingConstant(4, 0, TimeSpan.FromSeconds(0.1))).Within();

        Assert.True(all >= 4);
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
