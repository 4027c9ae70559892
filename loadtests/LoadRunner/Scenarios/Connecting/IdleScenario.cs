using System.Globalization;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Connecting;

/// <summary>
/// What connections cost on which nothing is said: memory and CPU of the same servers with none and with so many, after a collection of their garbage and a time of rest.
/// </summary>
internal sealed class IdleScenario : IScenario
{
    /// <summary>Its figures begin so.</summary>
    public const string ServerMemory = "server memory";

    private const string Server = "server";
    private const string Redis = "redis";
    private const double Kibibyte = 1024;
    private const double Million = 1_000_000;

    private readonly int[] _counts;
    private readonly double _perSecond;
    private readonly TimeSpan _rest;
    private readonly HubDialect _dialect;
    private Crowd? _crowd;

    public IdleScenario(ScenarioOptions options)
    {
        _counts = ReadCounts(options.Text("connections", "5000,20000"));
        _perSecond = options.NumberAbove(0, "per-second", 500);
        _rest = options.Time("rest", TimeSpan.FromSeconds(30));
        _dialect = ProtocolOption.Read(options);
    }

    public string Name => "idle";

    public string What => "Idle connections: what each costs the servers in memory, and in CPU while nothing is said.";

    public ScenarioNeeds Needs => new() { Connections = _counts[^1], PreparesWithin = TimeSpan.FromMinutes(10) };

    public IReadOnlyList<Phase> Phases =>
    [
        new("start", new Pause(_rest / 3), IsMeasured: false),
        Rest(0),
        .. _counts.SelectMany((count, index) => (Phase[])[Arrival(index == 0 ? 0 : _counts[index - 1], count), Rest(count)]),
    ];

    public IReadOnlyList<Threshold> Thresholds => [];

    public Task PrepareAsync(WorkerContext worker)
    {
        _crowd = new Crowd(worker, Entrances.Make(worker, _counts[^1], _dialect));
        return _crowd.InviteAsync(worker.ShareOf(_counts[^1]));
    }

    public Task RunAsync(Phase phase, WorkerContext worker) => worker.RunLoadAsync(phase.Simulation, _crowd!.ConnectNextAsync);

    public Task<Correctness> CheckAsync(WorkerContext worker) => _crowd!.CountAndLeaveAsync();

    public IReadOnlyList<Figure> Conclude(IReadOnlyList<PhaseResult> phases)
    {
        var none = phases.Single(phase => phase.Name == NameOf(0));
        return [.. _counts.SelectMany(count => Compare(none, phases.Single(phase => phase.Name == NameOf(count)), count))];
    }

    private static IEnumerable<Figure> Compare(PhaseResult none, PhaseResult some, int count)
    {
        var with = string.Create(CultureInfo.InvariantCulture, $"of each of {count:N0} idle connections");
        yield return new Figure($"{ServerMemory} {with}", (Resident(some, Server) - Resident(none, Server)) / count / Kibibyte, "KiB");
        yield return new Figure($"server CPU {with}", (CpuASecond(some, Server) - CpuASecond(none, Server)) / count * Million, "µs/s");
        if (some.Processes.Any(process => process.Role == Redis))
        {
            yield return new Figure($"Redis memory {with}", (Resident(some, Redis) - Resident(none, Redis)) / count / Kibibyte, "KiB");
            yield return new Figure($"Redis CPU {with}", (CpuASecond(some, Redis) - CpuASecond(none, Redis)) / count * Million, "µs/s");
        }
    }

    private static double Resident(PhaseResult phase, string role) => phase.Processes.Where(process => process.Role == role).Sum(process => (double)process.ResidentBytes);

    private static double CpuASecond(PhaseResult phase, string role) => phase.Processes.Where(process => process.Role == role).Sum(process => process.CpuSeconds) / phase.Seconds;

    private static string NameOf(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} idle");

    private Phase Rest(int count) => new(NameOf(count), new Pause(_rest), IsMeasured: true) { BeginsWithCollection = true };

    private Phase Arrival(int before, int count) => new(
        string.Create(CultureInfo.InvariantCulture, $"up to {count:N0}"),
        new Inject(_perSecond, TimeSpan.FromSeconds((count - before) / _perSecond)),
        IsMeasured: false);

    private static int[] ReadCounts(string text)
    {
        var counts = text.Split(',').Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0).ToArray();
        return counts[0] > 0 && counts.Zip(counts.Skip(1)).All(pair => pair.First < pair.Second)
            ? counts
            : throw new UsageException($"--connections is one number or several that grow, such as 5000,20000, not \"{text}\".");
    }
}
