using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Rushing;

/// <summary>
/// A line fills while all agents are away; then they come, all at once, and serve it to its end. What the phase <c>rush</c> tells is how fast contacts find their agents: steps <c>offer</c> (from an agent's
/// being free until the next contact is offered), <c>accept</c> and <c>finish</c>.
/// </summary>
internal sealed class RushScenario : IScenario
{
    private const int ConnectedAtOnce = 16;

    private readonly RushKind _kind;
    private readonly int _waiting;
    private readonly int _agents;
    private readonly int _queues;
    private readonly double _rate;
    private readonly TimeSpan _servedWithin;
    private readonly HubDialect _dialect;
    private readonly RushLedger _ledger = new();
    private readonly List<RushingAgent> _team = [];
    private readonly List<LoadHub> _hubs = [];
    private readonly HubPings _pings = HubPings.Begin();
    private HttpClient[] _http = [];
    private StepMetrics? _arrivals;
    private int _turn;

    public RushScenario(string name, string what, RushKind kind, ScenarioOptions options)
    {
        (Name, What, _kind) = (name, what, kind);
        _waiting = options.Count("waiting", 10_000);
        _agents = options.Count("agents", 1_000);
        _queues = options.Count("queues", 1);
        _rate = options.Number("rate", 150);
        _servedWithin = options.Time("served-within", TimeSpan.FromMinutes(2));
        _dialect = HubDialect.Named(options.Text("protocol", "json"));
        if (_queues == 0 || _agents % _queues != 0 || _rate == 0)
        {
            throw new UsageException("--queues and --rate are at least 1, and --agents is a multiple of --queues.");
        }
    }

    public string Name { get; }

    public string What { get; }

    public ScenarioNeeds Needs => new()
    {
        Queues = _queues,
        Agents = _agents,
        AgentCapacity = 1,
        Connections = _waiting + _agents,
        Settings = [.. Enumerable.Range(0, _queues).SelectMany(index => _kind.SettingsOf($"load{index}")).Distinct()],
    };

    public IReadOnlyList<Phase> Phases =>
    [
        new Phase("line", new Inject(_rate, TimeSpan.FromSeconds(_waiting / _rate)), IsMeasured: true),
        new Phase("rush", new Pause(_servedWithin), IsMeasured: true),
    ];

    public IReadOnlyList<Threshold> Thresholds => [new("arrive", ThresholdMeasure.FailedShare, 0)];

    public async Task PrepareAsync(WorkerContext worker)
    {
        if (worker.Count > _queues)
        {
            throw new UsageException($"Each worker serves queues of its own: --queues is at least {worker.Count}.");
        }

        _http = [.. worker.Target.Nodes.Select(node => new HttpClient { BaseAddress = node })];
        _arrivals = worker.Step("arrive");
        var accounts = worker.Target.Agents.Where(agent => OwnQueues(worker).Contains(agent.Queue)).ToList();
        await Parallel.ForAsync(0, accounts.Count, Bounded(worker), async (index, stop) => await ConnectAsync(worker, accounts[index], index, stop));
    }

    public async Task RunAsync(Phase phase, WorkerContext worker)
    {
        if (phase.Simulation is not Pause)
        {
            await worker.RunLoadAsync(phase.Simulation, async intended => await ComeAsync(worker, intended));
            _ledger.Close();
            return;
        }

        await Parallel.ForEachAsync(_team, Bounded(worker), async (agent, _) => await agent.SetStatusAsync(AgentStatuses.Available));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(worker.Stop);
        await Task.WhenAny(_ledger.EverybodyServed, Task.Delay(_servedWithin, TimeProvider.System, over.Token));
        await over.CancelAsync();
    }

    /// <summary>Who was still in line when the time was over counts as lost: the line was to be served to its end.</summary>
    public async Task<Correctness> CheckAsync(WorkerContext worker)
    {
        await _pings.DisposeAsync();
        foreach (var hub in _hubs)
        {
            hub.Dispose();
        }

        foreach (var http in _http)
        {
            http.Dispose();
        }

        return new Correctness(_ledger.Came, _ledger.Taken, _ledger.Came - _ledger.Taken, _ledger.TakenTwice, _ledger.Unknown, [], 0);
    }

    private IReadOnlyList<string> OwnQueues(WorkerContext worker) => [.. worker.Target.Queues.Where((_, index) => index % worker.Count == worker.Index)];

    private static ParallelOptions Bounded(WorkerContext worker) => new() { MaxDegreeOfParallelism = ConnectedAtOnce, CancellationToken = worker.Stop };

    private async Task ConnectAsync(WorkerContext worker, AgentSignIn account, int index, CancellationToken stop)
    {
        var node = index % _http.Length;
        var signedIn = await new ServerApi(_http[node]).SignInAsync(new SignInRequest(account.Email, account.Password));
        var agent = new RushingAgent(_kind, _ledger, worker);
        agent.Hub = Keep(await LoadHub.ConnectAsync(new Uri(worker.Target.Nodes[node], "hubs/chat"), signedIn.Token, _dialect, agent, from: null, stop));
        await agent.SetStatusAsync(AgentStatuses.Away);
        lock (_team)
        {
            _team.Add(agent);
        }
    }

    /// <summary>From the intended moment until the place in line is known; a new customer on a new connection.</summary>
    private async Task ComeAsync(WorkerContext worker, long intended)
    {
        // The pacer's thread only starts it.
        await Task.Yield();
        var number = Interlocked.Increment(ref _turn) - 1;
        var node = number % _http.Length;
        try
        {
            var token = await new ServerApi(_http[node]).CreateCustomerAsync(new CustomerTokenRequest(worker.Target.Site));
            var hub = Keep(await LoadHub.ConnectAsync(new Uri(worker.Target.Nodes[node], "hubs/chat"), token.Token, _dialect, new WaitingCustomer(worker), from: null, worker.Stop));
            var queues = OwnQueues(worker);
            _ledger.Comes(await _kind.AskAsync(hub, queues[number % queues.Count], (number * worker.Count) + worker.Index));
            _arrivals!.Ok(intended);
        }
        catch (Exception error) when (error is HubRefusalException or IOException or HttpRequestException)
        {
            _arrivals!.Fail(intended, FailureCodes.Of(error));
        }
    }

    private LoadHub Keep(LoadHub hub)
    {
        lock (_hubs)
        {
            _hubs.Add(hub);
        }

        _pings.Add(hub);
        return hub;
    }

    private sealed class WaitingCustomer(WorkerContext worker) : IHubReceiver
    {
        private readonly Counter _told = worker.Counter("told how it stands");

        public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
        {
            if (target.SequenceEqual("ContactChanged"u8))
            {
                _told.Add();
            }
        }

        public void Ended(LoadHub hub, Exception? error)
        {
            if (error is not null)
            {
                worker.Failures.Add(error);
            }
        }
    }
}
