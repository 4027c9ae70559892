using System.Globalization;
using CoPilot.Measuring;
using CoPilot.TestKit;

namespace CoPilot.WaitingLine;

/// <summary>What is measured: one server on the embedded engine, or several nodes and their Redis, which has every write on disk before it answers.</summary>
internal sealed class Servers : IAsyncDisposable
{
    public const string Queue = "orders";

    private const string Password = "a good password";
    private const int AddedAtOnce = 2;

    private readonly List<ServerProcess> _nodes = [];
    private RedisServer? _redis;

    private Servers()
    {
    }

    public IReadOnlyList<Uri> Addresses => _nodes.ConvertAll(node => node.Address);

    public static async Task<Servers> StartAsync(RunOptions options)
    {
        var servers = new Servers();
        try
        {
            await servers.StartNodesAsync(options);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Accounts of agents who take one contact at a time. Answers their e-mail addresses, which all have the same password.</summary>
    public async Task<IReadOnlyList<(string Email, string Password)>> AddAgentsAsync(int count)
    {
        var agents = Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"load{number}@demo.example")).ToList();
        await Parallel.ForEachAsync(agents, new ParallelOptions { MaxDegreeOfParallelism = AddedAtOnce }, async (email, _) => await _nodes[0].RunCommandAsync(
            Password, "agents", "add", email, "--name", email.Split('@')[0], "--queues", Queue, "--capacity", "1", "--site", "demo"));
        return agents.ConvertAll(email => (email, Password));
    }

    public async Task<ServerUse> ReadUseAsync()
    {
        var redis = _redis is null
            ? default
            : TimeSpan.FromSeconds(await RedisSecondsAsync(_redis, "used_cpu_sys") + await RedisSecondsAsync(_redis, "used_cpu_user"));
        return new ServerUse(_nodes.Select(node => ProcessUse.Of(node.ProcessId)).Aggregate(ProcessUse.Add), redis);
    }

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

    private static async Task<double> RedisSecondsAsync(RedisServer redis, string field) =>
        double.Parse(await redis.InfoAsync(field), CultureInfo.InvariantCulture);

    private async Task StartNodesAsync(RunOptions options)
    {
        string[] settings =
        [
            $"--Sites:demo:Queues:{Queue}:MaximumLength=100000", "--RateLimits:CustomersPerMinute=10000000", "--RateLimits:SignInsPerMinute=100000",
            "--Logging:LogLevel:Default=Warning",
        ];
        if (options.Nodes == 1)
        {
            _nodes.Add(await ServerProcess.StartAsync(settings));
            return;
        }

        _redis = await RedisServer.StartDurableAsync();
        for (var number = 1; number <= options.Nodes; number++)
        {
            _nodes.Add(await ServerProcess.StartAsync(
                [ServerSetup.Redis(_redis.Configuration), string.Create(CultureInfo.InvariantCulture, $"--NodeName=node{number}"), .. settings]));
        }
    }
}

/// <param name="Nodes">All of them together.</param>
/// <param name="RedisCpu">Zero on the embedded engine.</param>
internal readonly record struct ServerUse(ProcessUse Nodes, TimeSpan RedisCpu)
{
    public static ServerUse operator -(ServerUse later, ServerUse earlier) => new(later.Nodes - earlier.Nodes, later.RedisCpu - earlier.RedisCpu);
}
