using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Runs;

/// <summary>What all workers told of a phase, as one.</summary>
internal sealed class StepTotals
{
    private readonly Dictionary<string, StepTally> _steps = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _counters = new(StringComparer.Ordinal);

    public StepTotals(IEnumerable<PhaseText> workers)
    {
        foreach (var worker in workers)
        {
            foreach (var step in worker.Steps)
            {
                Add(_steps, step);
            }

            foreach (var (name, count) in worker.Counters)
            {
                _counters[name] = _counters.GetValueOrDefault(name) + count;
            }
        }
    }

    public IReadOnlyList<StepResult> Steps => [.. _steps.Select(step => StepResult.Of(step.Key, step.Value.Latency, step.Value.Failed))];

    public IReadOnlyList<CounterResult> Counters => [.. _counters.Select(counter => new CounterResult(counter.Key, counter.Value))];

    /// <summary>Null when the step was not there.</summary>
    public StepTally? Find(string step) => _steps.GetValueOrDefault(step);

    public static void Add(Dictionary<string, StepTally> steps, StepText told)
    {
        if (!steps.TryGetValue(told.Name, out var tally))
        {
            steps.Add(told.Name, tally = new StepTally());
        }

        tally.Merge(LatencyHistogram.Decode(told.Histogram), told.Failed);
    }
}
