using CoPilot.Contracts.Http;
using CoPilot.HubClient;

namespace CoPilot.WaitingLine;

/// <summary>
/// The same agents serve a line in which hardly anybody stands; then they are away while it fills, then nothing happens, and then they serve the long one. So what a long line costs stands beside
/// what a short one does, in one run.
/// </summary>
internal sealed class Run : IAsyncDisposable
{
    private const int Steps = 10;
    private const int AskedAtOnce = 20;

    private readonly RunOptions _options;
    private readonly Servers _servers;
    private readonly Ledger _ledger = new();
    private readonly Arrivals _arrivals;
    private readonly List<Agent> _agents = [];
    private readonly List<Stage> _filling = [];

    public Run(RunOptions options, Servers servers)
    {
        (_options, _servers) = (options, servers);
        _arrivals = new Arrivals(servers.Addresses, _ledger);
    }

    public Stage Short { get; } = new("nobody in line");

    public Stage Quiet { get; } = new("nothing happens");

    public Stage Long { get; } = new("the long line");

    public IReadOnlyList<Stage> Filling => _filling;

    public async Task<Fates> RunAsync()
    {
        await ConnectAgentsAsync();
        await MeasureAsync(Short, () => ServeAsync(_options.Serve / 2));
        for (var step = 0; step < Steps; step++)
        {
            var stage = new Stage("filling");
            _filling.Add(stage);
            await MeasureAsync(stage, () => _arrivals.ComeAsync(_options.Fill, _options.Waiting / Steps));
        }

        await MeasureAsync(Quiet, () => Task.Delay(_options.Quiet, TimeProvider.System));
        await MeasureAsync(Long, () => ServeAsync(_options.Serve));
        return await FindFatesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        await Parallel.ForEachAsync(_ledger.NotTaken, (customer, _) => customer.LeaveAsync());
        _arrivals.Dispose();
    }

    private async Task ConnectAgentsAsync()
    {
        foreach (var (email, password) in await _servers.AddAgentsAsync(_options.Agents))
        {
            var node = _servers.Addresses[_agents.Count % _servers.Addresses.Count];
            using var http = new HttpClient { BaseAddress = node };
            _agents.Add(await Agent.ConnectAsync(new ServerApi(http), node, new SignInRequest(email, password), _ledger, _options.Talk));
        }
    }

    private async Task MeasureAsync(Stage stage, Func<Task> act)
    {
        _ledger.Stage = stage;
        await stage.MeasureAsync(_servers, act);
    }

    private async Task ServeAsync(TimeSpan time)
    {
        using var over = new CancellationTokenSource(time, TimeProvider.System);
        var serving = _agents.ConvertAll(agent => agent.ServeAsync(over.Token));
        await _arrivals.ComeAsync(_options.Arrivals, int.MaxValue, over.Token);
        await Task.WhenAll(serving);
    }

    /// <summary>Whoever was not served must find themselves in line, and each at a place of their own.</summary>
    private async Task<Fates> FindFatesAsync()
    {
        var waiting = _ledger.NotTaken.ToList();
        var places = new int?[waiting.Count];
        await Parallel.ForAsync(0, waiting.Count, new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce }, async (i, _) => places[i] = await waiting[i].AskPositionAsync());
        return new Fates(
            _ledger.CameInAll,
            _ledger.Taken,
            _ledger.TakenTwice,
            await _agents[0].CountLineAsync(),
            waiting.Count - places.OfType<int>().Distinct().Count(place => place >= 1 && place <= waiting.Count),
            _ledger.Untold,
            _ledger.Stale,
            [.. _ledger.Failures]);
    }
}

/// <summary>What became of everybody.</summary>
/// <param name="InLine">As the server counts them at the end.</param>
/// <param name="Misplaced">Who was not served and does not stand at a place of their own among those who were not.</param>
/// <param name="Untold">Who was in line and not told where.</param>
/// <param name="Stale">Offers that were over when the agent took them.</param>
internal sealed record Fates(int Came, int Taken, int TakenTwice, int InLine, int Misplaced, int Untold, int Stale, IReadOnlyList<Exception> Failures)
{
    public bool AreGood => Came == Taken + InLine && TakenTwice == 0 && Misplaced == 0 && Untold == 0 && Failures.Count == 0;
}
