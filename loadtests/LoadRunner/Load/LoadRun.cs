using System.Diagnostics;

namespace CoPilot.LoadRunner.Load;

/// <summary>One load from its first start until all that it started has ended.</summary>
/// <param name="beginAt">As <see cref="Stopwatch.GetTimestamp"/> tells time; it may be still to come.</param>
/// <param name="start">Given the intended moment; what it throws goes to <paramref name="fail"/>.</param>
/// <param name="stop">Ends it early.</param>
internal sealed class LoadRun(long beginAt, Func<long, ValueTask> start, Action<Exception> fail, StepMetrics lateness, CancellationToken stop)
{
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>This run itself is one, until everything is started.</summary>
    private long _underWay = 1;

    public async Task RunAsync(LoadSimulation simulation)
    {
        switch (simulation)
        {
            case KeepConstant even:
                await LoopAsync(even.Copies, even.Copies, even.During);
                break;
            case RampingConstant ramp:
                await LoopAsync(ramp.From, ramp.To, ramp.During);
                break;
            default:
                await InjectAsync(simulation);
                break;
        }
    }

    private async Task InjectAsync(LoadSimulation simulation)
    {
        var schedule = Schedule.Of(simulation) ?? throw new ArgumentException($"{simulation} is no load.", nameof(simulation));
        await new Pacer(schedule, beginAt, Begin, lateness, stop).RunAsync();
        await DelayUntilAsync(simulation.During);
        End();
        await _allEnded.Task.WaitAsync(stop);
    }

    /// <summary>On the pacer's thread, so what is under way already costs it nothing but this.</summary>
    private void Begin(long intended)
    {
        try
        {
            var task = start(intended);
            if (!task.IsCompletedSuccessfully)
            {
                Interlocked.Increment(ref _underWay);
                _ = WatchAsync(task);
            }
        }
#pragma warning disable CA1031 // Any failure of a scenario's code fails the run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            fail(error);
        }
    }

    private async Task WatchAsync(ValueTask task)
    {
        await WatchFailureAsync(() => task);
        End();
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _allEnded.SetResult();
        }
    }

    private Task LoopAsync(int from, int to, TimeSpan during) => Task.WhenAll(Enumerable.Range(0, Math.Max(from, to)).Select(
        copy => Task.Run(() => LoopAsync(Begin(copy, from, to) * during, End(copy, from, to) * during), CancellationToken.None)));

    private async Task LoopAsync(TimeSpan begin, TimeSpan end)
    {
        await DelayUntilAsync(begin);
        var isGood = true;
        while (isGood && !stop.IsCancellationRequested && Stopwatch.GetElapsedTime(beginAt) < end)
        {
            isGood = await WatchFailureAsync(() => start(Stopwatch.GetTimestamp()));
        }
    }

    /// <summary>When a copy begins, as a share of the time: once the ramp is above its number.</summary>
    private static double Begin(int copy, int from, int to) => copy < from ? 0 : (double)(copy - from) / (to - from);

    private static double End(int copy, int from, int to) => copy < to ? 1 : (double)(from - copy) / (from - to);

    private async ValueTask<bool> WatchFailureAsync(Func<ValueTask> act)
    {
        try
        {
            await act();
            return true;
        }
#pragma warning disable CA1031 // Any failure of a scenario's code fails the run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!stop.IsCancellationRequested)
            {
                fail(error);
            }

            return false;
        }
    }

    private async Task DelayUntilAsync(TimeSpan offset)
    {
        if (offset - Stopwatch.GetElapsedTime(beginAt) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, TimeProvider.System, stop);
        }
    }
}
