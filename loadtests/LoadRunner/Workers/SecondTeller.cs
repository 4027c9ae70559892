using System.Diagnostics;
using CoPilot.LoadRunner.Load;

namespace CoPilot.LoadRunner.Workers;

/// <summary>Tells each second what has happened in it, while something runs.</summary>
internal sealed class SecondTeller(WorkerContext context, PhaseClock clock, Action<WorkerAnswer> say)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public async Task TellDuringAsync(int phase, Task act)
    {
        var begin = phase == 0 ? Stopwatch.GetTimestamp() : clock.StartOf(phase);
        var seen = new Dictionary<string, StepTally>(StringComparer.Ordinal);
        var hasEnded = false;
        for (var second = 1; !hasEnded; second++)
        {
            if ((second * Second) - Stopwatch.GetElapsedTime(begin) is var rest && rest > TimeSpan.Zero)
            {
                await Task.WhenAny(act, Task.Delay(rest, TimeProvider.System, context.Stop));
            }

            // Asked before it is told: what happens between the two has a second of its own.
            hasEnded = act.IsCompleted;
            say(new SecondPassed(phase, second, [.. context.Steps.Select(step => Since(step, phase, seen)).OfType<StepText>()]));
        }

        await act;
    }

    private static StepText? Since(StepMetrics step, int phase, Dictionary<string, StepTally> seen)
    {
        if (step.In(phase) is not { } tally)
        {
            return null;
        }

        if (!seen.TryGetValue(step.Name, out var before))
        {
            seen.Add(step.Name, before = new StepTally());
        }

        var failed = tally.Failed.ToDictionary(entry => entry.Key, entry => entry.Value - before.Failed.GetValueOrDefault(entry.Key));
        foreach (var (code, times) in failed.Where(entry => entry.Value > 0))
        {
            before.Fail(code, times);
        }

        return new StepText(step.Name, tally.Latency.EncodeSince(before.Latency), failed);
    }
}
