using System.Diagnostics;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Scenarios;

namespace CoPilot.LoadRunner.Workers;

/// <summary>What a scenario has in a worker: its share, what is measured, and where to count. Thread-safe.</summary>
/// <param name="clock">Which phase it is.</param>
/// <param name="stop">Ends everything: the run was broken off.</param>
internal sealed class WorkerContext(int index, int count, ScenarioOptions options, Target target, PhaseClock clock, CancellationToken stop)
{
    /// <summary>The step that tells how late the generator itself was.</summary>
    public const string Lateness = "generator lateness";

    private readonly Lock _gate = new();
    private readonly List<StepMetrics> _steps = [];
    private readonly List<Counter> _counters = [];

    /// <summary>Of this worker, from 0.</summary>
    public int Index => index;

    /// <summary>Of workers.</summary>
    public int Count => count;

    public ScenarioOptions Options => options;

    public Target Target => target;

    public CancellationToken Stop => stop;

    /// <summary>What went wrong that nobody expected; any of it fails the run.</summary>
    public FailureList Failures { get; } = new();

    public IReadOnlyList<StepMetrics> Steps
    {
        get
        {
            lock (_gate)
            {
                return [.. _steps];
            }
        }
    }

    public IReadOnlyList<Counter> Counters
    {
        get
        {
            lock (_gate)
            {
                return [.. _counters];
            }
        }
    }

    /// <summary>The step of that name, to be kept in a field rather than asked for at each turn.</summary>
    public StepMetrics Step(string name)
    {
        lock (_gate)
        {
            return _steps.Find(step => step.Name == name) ?? Added(_steps, new StepMetrics(name, clock));
        }
    }

    /// <summary>As <see cref="Step"/>.</summary>
    public Counter Counter(string name)
    {
        lock (_gate)
        {
            return _counters.Find(counter => counter.Name == name) ?? Added(_counters, new Counter(name, clock));
        }
    }

    /// <summary>How many of <paramref name="whole"/> are this worker's.</summary>
    public int ShareOf(int whole) => (int)(((long)whole * (index + 1) / count) - ((long)whole * index / count));

    /// <summary>The share of a list that is this worker's.</summary>
    public IReadOnlyList<T> ShareOf<T>(IReadOnlyList<T> whole) =>
        [.. whole.Skip((int)((long)whole.Count * index / count)).Take(ShareOf(whole.Count))];

    /// <summary>
    /// Runs a phase's load and returns when all that it started has ended. Open: <paramref name="start"/> is called on the pacer's thread at the intended
    /// moment or as soon after as possible, with that moment, and must return quickly; closed: copies loop. What it throws is a failure of the run.
    /// </summary>
    public Task RunLoadAsync(LoadSimulation simulation, Func<long, ValueTask> start) =>
        new LoadRun(LoadBegins(), start, Failures.Add, Step(Lateness), stop).RunAsync(simulation);

    /// <summary>With the phase, also when it comes a little late, so that the delay is counted; a second load of a phase begins when it is asked for.</summary>
    private long LoadBegins()
    {
        var phase = clock.StartOf(clock.Current);
        var now = Stopwatch.GetTimestamp();
        return now - phase < Stopwatch.Frequency ? phase : now;
    }

    private static T Added<T>(List<T> list, T item)
    {
        list.Add(item);
        return item;
    }
}
