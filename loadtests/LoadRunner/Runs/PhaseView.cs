using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Runs;

/// <summary>A phase while it runs, second by second; a second is told when all workers have told theirs. Thread-safe.</summary>
internal sealed class PhaseView(int workers)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, PassingSecond> _passing = [];
    private readonly List<SeriesPoint> _points = [];
    private readonly Dictionary<string, StepView> _steps = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public IReadOnlyList<SeriesPoint> Points
    {
        get
        {
            lock (_gate)
            {
                return [.. _points];
            }
        }
    }

    /// <summary>In the order that they were first heard of.</summary>
    public IReadOnlyList<StepView> Steps
    {
        get
        {
            lock (_gate)
            {
                return [.. _order.Select(name => _steps[name])];
            }
        }
    }

    public void Add(SecondPassed told)
    {
        lock (_gate)
        {
            if (!_passing.TryGetValue(told.Second, out var second))
            {
                _passing.Add(told.Second, second = new PassingSecond());
            }

            second.Add(told);
            if (second.Told == workers)
            {
                _passing.Remove(told.Second);
                Keep(told.Second, second);
            }
        }
    }

    /// <summary>What only some of the workers told, because they do not end in the same second.</summary>
    public void End()
    {
        lock (_gate)
        {
            foreach (var (number, second) in _passing.OrderBy(entry => entry.Key))
            {
                Keep(number, second);
            }

            _passing.Clear();
        }
    }

    private void Keep(int number, PassingSecond second)
    {
        foreach (var (name, step) in second.Steps)
        {
            if (!_steps.TryGetValue(name, out var before))
            {
                _order.Add(name);
                before = new StepView(name, 0, 0, 0, double.NaN);
            }

            var point = new SeriesPoint(name, number, step.Latency.Count, step.Failed.Values.Sum(), step.Latency.PercentileMs(0.99));
            _steps[name] = new StepView(name, before.Ok + point.Ok, before.Failed + point.Failed, point.Ok, point.P99Ms);
            _points.Add(point);
        }
    }

    private sealed class PassingSecond
    {
        public int Told { get; private set; }

        public Dictionary<string, StepTally> Steps { get; } = new(StringComparer.Ordinal);

        public void Add(SecondPassed told)
        {
            Told++;
            foreach (var step in told.Steps)
            {
                StepTotals.Add(Steps, step);
            }
        }
    }
}

/// <param name="Ok">In all so far.</param>
/// <param name="LastSecond">Of them in the last second.</param>
/// <param name="P99Ms">In the last second; not a number when there was none.</param>
internal sealed record StepView(string Name, long Ok, long Failed, long LastSecond, double P99Ms);
