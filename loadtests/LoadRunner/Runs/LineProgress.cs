using System.Globalization;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Runs;

/// <summary>The run as plain lines, a few seconds apart. Thread-safe.</summary>
internal sealed class LineProgress : IRunProgress, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private readonly ITimer _timer;
    private string _name = "";
    private PhaseView? _view;

    public LineProgress(TextWriter output, TimeProvider clock)
    {
        _output = output;
        _timer = clock.CreateTimer(_ => Tell(), null, Every, Every);
    }

    public void Say(string what)
    {
        lock (_gate)
        {
            _view = null;
            _output.WriteLine(what);
        }
    }

    public void Begin(Phase? phase, PhaseView seen)
    {
        lock (_gate)
        {
            _name = phase?.Name ?? "preparing";
            _view = seen;
            _output.WriteLine(phase is null ? "Preparing ..." : string.Create(CultureInfo.InvariantCulture, $"{phase.Name}: {phase.Simulation.During.TotalSeconds:N0} s"));
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tell()
    {
        lock (_gate)
        {
            if (_view is { Steps.Count: > 0 })
            {
                _output.WriteLine($"  {_name}: {string.Join("; ", _view.Steps.Where(step => step.Name != WorkerContext.Lateness).Select(Describe))}");
            }
        }
    }

    private static string Describe(StepView step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{step.Name} {step.Ok:N0}{(step.Failed == 0 ? "" : $" and {step.Failed:N0} failed")}, {step.LastSecond:N0}/s, p99 {(double.IsNaN(step.P99Ms) ? 0 : step.P99Ms):N1} ms");
}
