using System.Globalization;
using CoPilot.LoadRunner.Scenarios;
using Spectre.Console;

namespace CoPilot.LoadRunner.Runs;

/// <summary>The run as a table that is drawn anew. Thread-safe.</summary>
internal sealed class LiveProgress(string title, TimeProvider clock) : IRunProgress
{
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private const int BarLength = 30;

    private readonly Lock _gate = new();
    private string _says = "";
    private Phase? _phase;
    private PhaseView? _view;
    private long _begunAt;

    public void Say(string what)
    {
        lock (_gate)
        {
            (_says, _view) = (what, null);
        }
    }

    public void Begin(Phase? phase, PhaseView seen)
    {
        lock (_gate)
        {
            (_phase, _view, _begunAt) = (phase, seen, clock.GetTimestamp());
        }
    }

    public Table Draw()
    {
        lock (_gate)
        {
            var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(title)).Caption(Markup.Escape(_view is null ? _says : Caption()));
            table.AddColumn("step");
            foreach (var name in new[] { "ok", "failed", "a second", "p99 ms" })
            {
                table.AddColumn(new TableColumn(name).RightAligned());
            }

            foreach (var step in _view?.Steps ?? [])
            {
                table.AddRow(Markup.Escape(step.Name), Number(step.Ok), Failed(step.Failed), Number(step.LastSecond), Milliseconds(step.P99Ms));
            }

            return table;
        }
    }

    private string Caption()
    {
        var passed = clock.GetElapsedTime(_begunAt);
        if (_phase is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"preparing, {passed.TotalSeconds:N0} s");
        }

        var during = _phase.Simulation.During;
        var done = (int)Math.Min(BarLength, BarLength * passed / during);
        var bar = new string('=', done) + new string('-', BarLength - done);
        return string.Create(CultureInfo.InvariantCulture, $"{_phase.Name} {bar} {passed.TotalSeconds:N0} of {during.TotalSeconds:N0} s");
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Failed(long count) => count == 0 ? "0" : $"[red]{Number(count)}[/]";

    private static string Milliseconds(double value) => double.IsNaN(value) ? "-" : value.ToString("N2", CultureInfo.InvariantCulture);
}
