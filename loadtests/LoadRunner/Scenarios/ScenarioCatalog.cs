using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Scenarios.Connecting;
using CoPilot.LoadRunner.Scenarios.Generating;
using CoPilot.LoadRunner.Scenarios.Reconnecting;
using CoPilot.LoadRunner.Scenarios.Relaying;
using CoPilot.LoadRunner.Scenarios.Rushing;
using CoPilot.LoadRunner.Scenarios.Soaking;
using CoPilot.LoadRunner.Scenarios.Talk;

namespace CoPilot.LoadRunner.Scenarios;

/// <summary>All scenarios by name.</summary>
internal static class ScenarioCatalog
{
    private static readonly SortedDictionary<string, Func<ScenarioOptions, IScenario>> Scenarios = new(StringComparer.Ordinal)
    {
        ["callback-rush"] = options => new RushScenario(
            "callback-rush", "A line of people who want to be called fills, then all agents come and serve it.", new CallbackRush(), options),
        ["queue-rush"] = options => new RushScenario(
            "queue-rush", "A line of chats fills, then all agents come and serve it: assignments a second.", new ChatRush(), options),
        ["chat"] = options => new ChatScenario(options),
        ["connect"] = options => new ConnectScenario(options),
        ["generator"] = options => new GeneratorScenario(options),
        ["idle"] = options => new IdleScenario(options),
        ["relay"] = options => new RelayScenario(options),
        ["reconnect"] = options => new ReconnectScenario(options),
        ["soak"] = options => new SoakScenario(options),
    };

    public static IEnumerable<string> Names => Scenarios.Keys;

    /// <exception cref="UsageException">There is none of that name, or an option is wrong or unknown.</exception>
    public static IScenario Create(string name, ScenarioOptions options)
    {
        var scenario = Scenarios.TryGetValue(name, out var make)
            ? make(options)
            : throw new UsageException($"There is no scenario {name}; there are: {string.Join(", ", Names)}.");
        return options.Unknown.FirstOrDefault() is { } unknown
            ? throw new UsageException($"{name} has no option --{unknown}; it has: {string.Join(", ", options.InForce.Keys.Select(each => "--" + each))}.")
            : scenario;
    }
}
