using System.Diagnostics;
using System.Globalization;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Workers;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Systems;

/// <summary>socket.io on Node: so many processes, and a Redis between them by one of its two adapters. Nothing is kept.</summary>
internal sealed class SocketIoSystem : ISystemUnderTest
{
    private const string Folder = "loadtests/peers/socketio";

    private readonly List<PeerProcess> _nodes = [];
    private readonly RedisServer _redis;

    private SocketIoSystem(string name, RedisServer redis)
    {
        (Name, _redis) = (name, redis);
        Target = new Target(name, [], [], []);
    }

    public string Name { get; }

    public Target Target { get; private set; }

    public IReadOnlyList<(string Role, string Name, int ProcessId)> Processes =>
    [
        .. _nodes.Select((node, index) => (Node: node, Name: string.Create(CultureInfo.InvariantCulture, $"node-{index + 1}")))
            .Where(each => !each.Node.HasEnded)
            .Select(each => ("server", each.Name, each.Node.ProcessId)),
        .. _redis.HasEnded ? [] : ((string, string, int)[])[("redis", "redis", _redis.ProcessId)],
    ];

    /// <param name="adapter"><c>redis</c> or <c>streams</c>.</param>
    public static async Task<ISystemUnderTest> StartAsync(string adapter, SystemOptions options, ScenarioNeeds needs)
    {
        await InstallAsync();
        var system = new SocketIoSystem($"socketio-{adapter}", await RedisServer.StartAsync([.. RedisArguments.Of(options.Redis)]));
        try
        {
            for (var node = 0; node < options.Nodes; node++)
            {
                system._nodes.Add(await system.StartNodeAsync(adapter, options, needs));
            }

            system.Target = system.Target with { Nodes = system._nodes.ConvertAll(node => node.Address) };
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public Task KillNodeAsync(int index) => _nodes[index].KillHardAsync();

    public Task KillRedisAsync() => _redis.KillHardAsync();

    public Task StartRedisAgainAsync() => _redis.StartAgainAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _redis.DisposeAsync();
    }

    private Task<PeerProcess> StartNodeAsync(string adapter, SystemOptions options, ScenarioNeeds needs) => PeerProcess.StartAsync(
        "node",
        [
            Checkout.File($"{Folder}/server.mjs"), "--adapter", adapter, "--redis", $"redis://127.0.0.1:{_redis.Port}",
            .. needs.OthersOnly ? (string[])["--others-only"] : [],
        ],
        options.Cores,
        ("NODE_ENV", "production"));

    /// <summary>At the first use and after its lock file changed.</summary>
    private static async Task InstallAsync()
    {
        var installed = new FileInfo(Checkout.File($"{Folder}/node_modules/.package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Checkout.File($"{Folder}/package-lock.json")))
        {
            return;
        }

        await Console.Error.WriteLineAsync($"Installing socket.io: npm ci in {Folder}, which takes about half a minute ...");
        var start = new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = Checkout.File(Folder),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var npm = Process.Start(start)!;
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci in {Folder} ended with code {npm.ExitCode}:\n{await output}{await errors}");
        }
    }
}
