using System.Globalization;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Runs;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;

namespace CoPilot.LoadRunner.Comparing;

/// <summary>Which runs a comparison is made of, and in which order.</summary>
internal sealed record ComparePlan
{
    /// <summary>Of what differs less from run to run than CPU and latencies do.</summary>
    private const int MostOfOthers = 2;

    public required IReadOnlyList<string> Systems { get; init; }

    /// <summary>Messages a second of all conversations together.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    public required int Repeats { get; init; }

    /// <summary>Connections that say nothing, whose memory is measured; 0 is not at all.</summary>
    public required int Idle { get; init; }

    /// <summary>Messages a second while Redis is killed; 0 is not at all.</summary>
    public required double KillRate { get; init; }

    public required int Nodes { get; init; }

    public required int Workers { get; init; }

    public required RedisDurability Redis { get; init; }

    /// <summary>Of the scenario <c>chat</c>; the same for all systems.</summary>
    public required IReadOnlyDictionary<string, string> Chat { get; init; }

    /// <summary>
    /// Rate by rate, all systems there and back again (A B B A ...), so that a machine that becomes slower or busier with time is no system's disadvantage.
    /// </summary>
    public IEnumerable<CompareStep> Steps =>
    [
        .. Rates.SelectMany(rate => ThereAndBack(Repeats, (system, repeat) => new ChatStep(system, rate, repeat))),
        .. Idle == 0 ? [] : ThereAndBack(Math.Min(Repeats, MostOfOthers), (system, repeat) => new IdleStep(system, Idle, repeat)),
        .. KillRate == 0 ? [] : ThereAndBack(Math.Min(Repeats, MostOfOthers), (system, repeat) => new RedisKilledStep(system, KillRate, repeat)).Where(step => HasRedis(step.System)),
    ];

    /// <exception cref="UsageException">An option is wrong or unknown.</exception>
    public static ComparePlan Read(ScenarioOptions own, IReadOnlyDictionary<string, string> chat)
    {
        var plan = new ComparePlan
        {
            Systems = Words(own.Text("systems", "copilot,signalr,signalr-inline,socketio-redis,socketio-streams")),
            Rates = [.. Words(own.Text("rates", "1000,3000,6000,9000")).Select(Rate)],
            Repeats = Math.Max(1, own.Count("repeats", 5)),
            Idle = own.Count("idle", 5_000),
            KillRate = own.Number("kill-rate", 1_000),
            Nodes = Math.Max(1, own.Count("nodes", 2)),
            Workers = Math.Max(1, own.Count("workers", 1)),
            Redis = RedisWords.Read(own.Text("redis", RedisWords.Of(RedisDurability.None))),
            Chat = chat,
        };
        return plan.Systems.FirstOrDefault(system => !SystemCatalog.Names.Contains(system)) is { } unknown
            ? throw new UsageException($"There is no system {unknown}; there are: {string.Join(", ", SystemCatalog.Names)}.")
            : plan;
    }

    public RunPlan RunOf(CompareStep step) => new(step.Scenario, step.OptionsWith(Chat))
    {
        System = step.System,
        SystemOptions = new SystemOptions { Nodes = Nodes, Redis = step.RedisOf(Redis) },
        Workers = Workers,
    };

    public bool HasRedis(string system) => SystemCatalog.HasRedis(system, new SystemOptions { Nodes = Nodes });

    private IEnumerable<CompareStep> ThereAndBack(int repeats, Func<string, int, CompareStep> make) =>
        from repeat in Enumerable.Range(1, repeats)
        from system in repeat % 2 == 1 ? Systems : Systems.Reverse()
        select make(system, repeat);

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Rate(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0
        ? rate
        : throw new UsageException($"--rates are numbers above 0 with commas between, not \"{text}\".");
}
