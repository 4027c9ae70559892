using System.Globalization;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Workers;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CoPilot.LoadRunner.Systems;

/// <summary>One node on the embedded engine, or one or several on a Redis, as they are run in production but for limits of rates, which would hold back people who all come from one address.</summary>
internal sealed class CoPilotSystem : ISystemUnderTest
{
    private const string Password = "a good password";

    private static readonly TimeSpan ImportedWithin = TimeSpan.FromMinutes(3);

    private readonly List<ServerProcess> _nodes = [];
    private readonly HashSet<ServerProcess> _killed = [];
    private readonly ScenarioNeeds _needs;
    private RedisServer? _redis;

    private CoPilotSystem(ScenarioNeeds needs) => _needs = needs;

    public string Name => "copilot";

    public Target Target => new(Name, [.. _nodes.Select(node => node.Address)], [.. Enumerable.Range(0, _needs.Queues).Select(Queue)], [.. Enumerable.Range(0, _needs.Agents).Select(SignIn)]);

    public IReadOnlyList<(string Role, string Name, int ProcessId)> Processes
    {
        get
        {
            var nodes = _nodes.Select((node, index) => (Node: node, Name: NodeName(index))).Where(each => !_killed.Contains(each.Node)).Select(each => ("server", each.Name, each.Node.ProcessId));
            return _redis is null or { HasEnded: true } ? [.. nodes] : [.. nodes, ("redis", "redis", _redis.ProcessId)];
        }
    }

    public static async Task<ISystemUnderTest> StartAsync(SystemOptions options, ScenarioNeeds needs)
    {
        var system = new CoPilotSystem(needs);
        try
        {
            await system.StartNodesAsync(options);
            await system.AddAgentsAsync();
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public Task KillNodeAsync(int index)
    {
        _killed.Add(_nodes[index]);
        return _nodes[index].KillHardAsync();
    }

    public Task KillRedisAsync()
    {
        // Nodes may complain about it in any words, and still say no secrets.
        _nodes.ForEach(node => node.Log.Expect(""));
        return Redis.KillHardAsync();
    }

    public Task StartRedisAgainAsync() => Redis.StartAgainAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private RedisServer Redis => _redis ?? throw new InvalidOperationException("The embedded engine has no Redis.");

    private static string Queue(int index) => string.Create(CultureInfo.InvariantCulture, $"load{index}");

    private static string NodeName(int index) => string.Create(CultureInfo.InvariantCulture, $"node{index + 1}");

    private AgentSignIn SignIn(int index) => new(string.Create(CultureInfo.InvariantCulture, $"agent{index}@load.example"), Password, Queue(index % _needs.Queues));

    private async Task StartNodesAsync(SystemOptions options)
    {
        if (options.IsOnRedis)
        {
            _redis = await RedisServer.StartAsync([.. RedisArguments.Of(options.Redis)]);
        }

        for (var index = 0; index < options.Nodes; index++)
        {
            string[] engine = _redis is null ? [] : [ServerSetup.Redis(_redis.Configuration), "--NodeName=" + NodeName(index)];
            var node = await ServerProcess.StartAsync(new ServerSetup([.. engine, .. Settings(), .. _needs.Settings]) { Cores = options.Cores });
            node.Log.Expect("RedisAdvice");
            _nodes.Add(node);
        }
    }

    /// <summary>
    /// By the command that operators have for it. All have one hash, of few iterations: hashing, and signing in, would otherwise take a fifth of a second of processor each.
    /// </summary>
    private async Task AddAgentsAsync()
    {
        if (_needs.Agents > 0)
        {
            var hash = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1_000 })).HashPassword(_needs, Password);
            var lines = Enumerable.Range(0, _needs.Agents).Select(SignIn).Select((agent, index) =>
                string.Create(CultureInfo.InvariantCulture, $"{agent.Email},Agent {index},{agent.Queue},{_needs.AgentCapacity},{hash}"));
            await _nodes[0].RunCommandAsync(
                string.Join('\n', ["email,name,queues,capacity,passwordHash", .. lines]), ImportedWithin, "agents", "import", "-", "--site", "demo");
        }
    }

    private IEnumerable<string> Settings()
    {
        for (var index = 0; index < _needs.Queues; index++)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--Sites:demo:Queues:{Queue(index)}:MaximumLength=100000");
            yield return $"--Sites:demo:Topics:{Queue(index)}:Queue={Queue(index)}";
        }

        yield return "--RateLimits:CustomersPerMinute=10000000";
        yield return "--RateLimits:SignInsPerMinute=100000";
        foreach (var bucket in (string[])["ConnectionCallsPerSecond", "ConnectionBurst", "PersonCallsPerSecond", "PersonBurst"])
        {
            yield return $"--HubRates:{bucket}=100000";
        }

        yield return "--Logging:LogLevel:Default=Warning";
    }
}
