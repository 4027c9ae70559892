using System.Globalization;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Scenarios.Talk;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Soaking;

/// <summary>
/// Chats for hours, with conversations that end and begin, in periods at whose ends memory is read: whether a process grows without end. What the servers keep on purpose grows too: closed conversations
/// stay where they are until they are archived.
/// </summary>
internal sealed class SoakScenario : IScenario
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>While caches fill and code is compiled, memory grows as it should.</summary>
    private const double LeftOut = 0.2;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(10);

    private readonly ChatScenario _chat;
    private readonly double _hours;
    private readonly int _periods;
    private readonly double _rate;

    public SoakScenario(ScenarioOptions options)
    {
        if (options.Given.ContainsKey("duration"))
        {
            throw new UsageException("soak has --hours instead of --duration.");
        }

        if (options.Given.ContainsKey("kill"))
        {
            throw new UsageException("soak kills nothing.");
        }

        _hours = options.NumberAbove(0, "hours", 1);
        _periods = options.CountFrom(2, "periods", 60);
        var talk = options.Otherwise(new Dictionary<string, string>
        {
            ["rate"] = "500",
            ["renewals"] = "5",
            ["duration"] = TimeText.Write(TimeSpan.FromHours(_hours)),
        });
        _rate = talk.Number("rate", 0);
        _chat = new ChatScenario(talk);
        if (TimeSpan.FromHours(_hours) / _periods < ShortestPeriod)
        {
            throw new UsageException($"A period is at least {ShortestPeriod.TotalSeconds:N0} s: fewer --periods or more --hours.");
        }
    }

    public string Name => "soak";

    public string What => "Chats for --hours, with conversations that end and begin: the slope of each process' memory.";

    public ScenarioNeeds Needs => _chat.Needs;

    public IReadOnlyList<Phase> Phases =>
    [
        _chat.Phases[0],
        .. Enumerable.Range(1, _periods).Select(number => new Phase(
            string.Create(CultureInfo.InvariantCulture, $"period {number}"), new Inject(_rate, TimeSpan.FromHours(_hours) / _periods), IsMeasured: true)),
    ];

    public IReadOnlyList<Threshold> Thresholds => _chat.Thresholds;

    public Task PrepareAsync(WorkerContext worker) => _chat.PrepareAsync(worker);

    public Task RunAsync(Phase phase, WorkerContext worker) => _chat.RunAsync(phase, worker);

    public Task<Correctness> CheckAsync(WorkerContext worker) => _chat.CheckAsync(worker);

    public IReadOnlyList<Figure> Conclude(IReadOnlyList<PhaseResult> phases)
    {
        var periods = phases.Where(phase => phase.IsMeasured).ToList();
        var kept = periods.Skip((int)(periods.Count * LeftOut)).ToList();
        return [.. kept[0].Processes.Select(process => new Figure(
            $"memory of {process.Name} grows by", MemorySlope.PerHour(Measurements(kept, process.Name)) / Mebibyte, "MiB an hour"))];
    }

    private static List<(double Hours, double Bytes)> Measurements(List<PhaseResult> periods, string process)
    {
        var measured = new List<(double Hours, double Bytes)>();
        var hours = 0.0;
        foreach (var period in periods)
        {
            hours += period.Seconds / 3_600;
            measured.AddRange(period.Processes.Where(each => each.Name == process).Select(each => (hours, (double)each.ResidentBytes)));
        }

        return measured;
    }
}
