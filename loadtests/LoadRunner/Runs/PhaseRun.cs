using System.Diagnostics;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Runs;

/// <summary>Lets all workers run one phase, does to the system what belongs to it, and takes what each process used.</summary>
/// <param name="gc">Null where pauses are not asked for.</param>
internal sealed class PhaseRun(ISystemUnderTest system, Workforce workforce, GcWatch? gc)
{
    /// <summary>From the order to the phase's start, so that all workers have it by then.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(250);

    public ProcessBorder ReadBorder() => ProcessBorder.Read(system.Processes.Concat(workforce.Processes), gc);

    /// <param name="view">Filled by what workers tell.</param>
    public async Task<PhaseRecord> PrepareAsync(TimeSpan within, PhaseView view, CancellationToken stop)
    {
        var (before, begin) = (ReadBorder(), Stopwatch.GetTimestamp());
        await workforce.AskAsync<PhaseEnded>(new PrepareOrder(), within, stop);
        return Record(null, begin, before, view);
    }

    /// <param name="number">From 1.</param>
    public async Task<PhaseRecord> RunAsync(int number, Phase phase, PhaseView view, CancellationToken stop)
    {
        if (phase.BeginsWithCollection)
        {
            await ForcedCollection.RunAsync(system.Processes.Select(process => process.ProcessId));
        }

        var begin = Stopwatch.GetTimestamp() + (long)(Lead.TotalSeconds * Stopwatch.Frequency);
        var before = ReadBorder();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var disturbing = DisturbAsync(phase.Disturbance, begin, ended.Token);
        var running = workforce.AskAsync<PhaseEnded>(new PhaseOrder(number, begin), Lead + phase.Simulation.During + phase.Patience, stop);
        if (await Task.WhenAny(running, disturbing) == disturbing && !disturbing.IsCompletedSuccessfully)
        {
            // A disturbance that failed is why the run fails, and not what the workers make of it.
            await disturbing;
        }

        await running;
        await ended.CancelAsync();
        await disturbing;
        return Record(phase, begin, before, view);
    }

    private PhaseRecord Record(Phase? phase, long begin, ProcessBorder before, PhaseView view)
    {
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        view.End();
        return new PhaseRecord(phase, seconds, ReadBorder().Since(before), view.Points);
    }

    private async Task DisturbAsync(Disturbance? disturbance, long begin, CancellationToken ended)
    {
        if (disturbance is null)
        {
            return;
        }

        await Task.Delay(disturbance.At - Stopwatch.GetElapsedTime(begin), TimeProvider.System, ended);
        switch (disturbance)
        {
            case NodeKilled killed:
                await system.KillNodeAsync(killed.Node);
                break;
            case RedisKilled killed:
                await system.KillRedisAsync();
                await Task.Delay(killed.Away, TimeProvider.System, CancellationToken.None);
                await system.StartRedisAgainAsync();
                break;
            default:
                throw new UnreachableException($"{disturbance}");
        }
    }
}

/// <param name="Phase">Null is the preparation.</param>
/// <param name="Seconds">Until the last worker had ended it.</param>
internal sealed record PhaseRecord(Phase? Phase, double Seconds, IReadOnlyList<ProcessResult> Processes, IReadOnlyList<SeriesPoint> Series);
