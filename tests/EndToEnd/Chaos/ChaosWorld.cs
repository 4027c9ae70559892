using CoPilot.Contracts.Http;
using CoPilot.EndToEnd.Wire;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>Nodes that share one Redis, which writes every command to disk before it answers; agents with room for many chats where a story asks for them.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private const string Password = "chaos agents' password";
    private const int Agents = 4;
    private const int Capacity = 100;

    /// <summary>One person here does the work of a hundred, all from one address.</summary>
    private static readonly string[] Rates =
    [
        "--HubRates:PersonCallsPerSecond=10000", "--HubRates:PersonBurst=10000", "--HubRates:ConnectionCallsPerSecond=10000", "--HubRates:ConnectionBurst=10000",
        "--RateLimits:CustomersPerMinute=1000000", "--RateLimits:SignInsPerMinute=10000", "--Sites:demo:Queues:orders:MaximumLength=10000",
    ];

    /// <summary>Of each warning, on each node: some for each outage, of which a busy machine may add a few to the story's, and not one for each of thousands of calls.</summary>
    private const int MostWarnings = 20;

    private readonly List<ServerProcess> _nodes = [];
    private readonly HttpClient _http = new();

    private ChaosWorld(RedisServer redis) => Redis = redis;

    public RedisServer Redis { get; }

    public IReadOnlyList<ServerProcess> Nodes => _nodes;

    public IReadOnlyList<Uri> Addresses => [.. _nodes.Select(node => node.PublicAddress)];

    public static async Task<ChaosWorld> StartAsync(int nodes, bool behindNetwork = false, params string[] settings)
    {
        var world = new ChaosWorld(await RedisServer.StartDurableAsync());
        try
        {
            string[] arguments = [ServerSetup.Redis(world.Redis.Configuration), .. Rates, .. settings];
            var setups = Enumerable.Range(1, nodes).Select(number => new ServerSetup([.. arguments, $"--NodeName=node-{number}"]) { BehindNetwork = behindNetwork });
            foreach (var start in setups.Select(ServerProcess.StartAsync).ToList())
            {
                world._nodes.Add(await start);
            }

            world._http.BaseAddress = world._nodes[0].Address;
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Once in a story that has use for the agents: each account is made by a command of its own, which takes as long as starting a node.</summary>
    public async Task<SignInResult[]> AddAgentsAsync()
    {
        var numbers = Enumerable.Range(1, Agents).ToList();
        await Task.WhenAll(numbers.Select(AddAgentAsync));
        return await Task.WhenAll(numbers.Select(number => new ServerApi(_http).SignInAsync(new SignInRequest(Email(number), Password))));
    }

    public Task<CustomerTokenResult[]> CreateCustomersAsync(int count) => Task.WhenAll(
        Enumerable.Range(0, count).Select(_ => new ServerApi(_http).CreateCustomerAsync(new CustomerTokenRequest("demo"))));

    /// <summary>Nodes may say that Redis did not answer in time, and while hundreds of people come back at once, of each conversation that they were late with it.</summary>
    public void ExpectOutage(int conversations)
    {
        foreach (var node in _nodes)
        {
            foreach (var warning in RedisOutage.Warnings)
            {
                node.Log.Expect(warning, MostWarnings);
            }

            node.Log.Expect("Deliveries fell behind", conversations);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var node in _nodes)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(node.Log.Text);
            }

            await node.DisposeAsync();
        }

        await Redis.DisposeAsync();
    }

    private static string Email(int number) => $"chaos{number}@demo.example";

    private Task AddAgentAsync(int number) => _nodes[0].RunCommandAsync(
        Password, "agents", "add", Email(number), "--name", $"Chaos {number}", "--queues", "orders,payments,returns", "--capacity", $"{Capacity}", "--site", "demo");
}
