using System.Diagnostics;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Relaying;

/// <summary>
/// Customers who show a page to an agent each, from a recording of a real browser's frames. Customers are on one node and their agents on the next. Every frame has to arrive as it was shown; a system that leaves some
/// out, because an agent cannot keep up, carries fewer sessions than were asked for, and the run fails.
/// </summary>
internal sealed class RelayScenario : IScenario
{
    private const string Page = "https://shop.example/";
    private const int PreparedAtOnce = 16;

    private static readonly TimeSpan SeenWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Recording _recording;
    private readonly int _sessions;
    private readonly TimeSpan _warmUp;
    private readonly TimeSpan _duration;
    private readonly double _speed;
    private readonly double _pointers;
    private readonly HubPings _pings = HubPings.Begin();
    private readonly Lock _gate = new();
    private readonly List<LoadHub> _hubs = [];
    private HttpClient[] _http = [];
    private (ShowingCustomer Customer, FrameLedger Ledger)[] _shown = [];
    private List<RelayMoment> _moments = [];
    private RelaySteps? _steps;

    public RelayScenario(ScenarioOptions options)
    {
        _recording = ReadRecording(options.Text("recording", ""));
        _sessions = options.CountFrom(1, "sessions", 200);
        _speed = options.NumberAbove(0, "speed", 1);
        _pointers = options.Number("pointers", 2.5);
        _warmUp = options.Time("warm-up", TimeSpan.FromSeconds(60));
        _duration = options.Time("duration", TimeSpan.FromSeconds(60));
    }

    public string Name => "relay";

    public string What => "Co-Pilot: customers who show their page to an agent each, from a recording of real frames: server CPU of a frame, sessions that a core carries.";

    public ScenarioNeeds Needs => new()
    {
        Agents = _sessions,
        AgentCapacity = 1,
        Connections = _sessions * 2,
        Settings = [$"--Sites:demo:CoPilot:Scope:9={Page}", "--CoBrowse:TriesPerAddressAndHour=100000", "--CoBrowse:TriesPerMinute=100000"],
    };

    public IReadOnlyList<Phase> Phases =>
        [new("warm-up", new Pause(_warmUp), IsMeasured: false), new("relay", new Pause(_duration), IsMeasured: true)];

    public IReadOnlyList<Threshold> Thresholds => [];

    public async Task PrepareAsync(WorkerContext worker)
    {
        _steps = new RelaySteps(worker);
        _http = [.. worker.Target.Nodes.Select(node => new HttpClient { BaseAddress = node })];
        var numbers = worker.ShareOf(Enumerable.Range(0, _sessions).ToList());
        _shown = new (ShowingCustomer, FrameLedger)[numbers.Count];
        await Parallel.ForAsync(
            0,
            numbers.Count,
            new ParallelOptions { MaxDegreeOfParallelism = PreparedAtOnce, CancellationToken = worker.Stop },
            async (own, stop) => _shown[own] = await BeginAsync(worker, numbers[own], stop));
        _moments = new RelayTimeline(_recording, _warmUp, _warmUp + _duration, _speed, _pointers).Of(numbers);
    }

    public Task RunAsync(Phase phase, WorkerContext worker)
    {
        var begin = phase.IsMeasured ? _warmUp : TimeSpan.Zero;
        var end = begin + phase.Simulation.During;
        var own = _moments.Where(moment => moment.At >= begin && moment.At < end).ToList();
        var next = 0;
        return worker.RunLoadAsync(new Planned([.. own.Select(moment => moment.At - begin)], phase.Simulation.During), intended =>
        {
            Act(own[next++], intended);
            return ValueTask.CompletedTask;
        });
    }

    public async Task<Correctness> CheckAsync(WorkerContext worker)
    {
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        while (_shown.Any(session => !session.Ledger.IsComplete) && Stopwatch.GetElapsedTime(since) < SeenWithin)
        {
            await timer.WaitForNextTickAsync(worker.Stop);
        }

        await _pings.DisposeAsync();
        _hubs.ForEach(hub => hub.Dispose());
        foreach (var http in _http)
        {
            http.Dispose();
        }

        return Count([.. _shown.Select(session => session.Ledger)]);
    }

    public IReadOnlyList<Figure> Conclude(IReadOnlyList<PhaseResult> phases) => RelayFigures.Of(phases.Single(phase => phase.IsMeasured), _sessions);

    private static Correctness Count(IReadOnlyList<FrameLedger> ledgers)
    {
        var (shown, seen, changed) = (ledgers.Sum(ledger => ledger.Shown), ledgers.Sum(ledger => ledger.Seen), ledgers.Sum(ledger => ledger.Changed));
        string[] failures = changed > 0 ? [$"{changed} pieces of frames arrived otherwise than they were shown."] : [];
        return new Correctness(shown, seen, shown - seen, ledgers.Sum(ledger => ledger.Doubled), ledgers.Sum(ledger => ledger.Reordered), failures, failures.Length);
    }

    private static Recording ReadRecording(string file)
    {
        if (file.Length == 0)
        {
            return Recording.Kept();
        }

        try
        {
            using var lines = File.OpenText(file);
            return Recording.Read(lines);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException($"--recording {file} cannot be read: {error.Message}");
        }
    }

    private void Act(RelayMoment moment, long intended)
    {
        var customer = _shown[moment.Session].Customer;
        switch (moment.Act)
        {
            case RelayAct.Show:
                customer.ShowNext(intended);
                break;
            case RelayAct.Point:
                customer.Point(intended);
                break;
            default:
                customer.KeepAlive();
                break;
        }
    }

    /// <summary>From the agent's code to the customer's consent.</summary>
    private async Task<(ShowingCustomer Customer, FrameLedger Ledger)> BeginAsync(WorkerContext worker, int number, CancellationToken stop)
    {
        var (customerNode, agentNode) = (number % _http.Length, (number + 1) % _http.Length);
        var account = worker.Target.Agents[number];
        var signedIn = await new ServerApi(_http[agentNode]).SignInAsync(new SignInRequest(account.Email, account.Password));
        var token = await new ServerApi(_http[customerNode]).CreateCustomerAsync(new CustomerTokenRequest(worker.Target.Site));
        var ledger = new FrameLedger();
        var customer = new ShowingCustomer(_recording, ledger, _steps!);
        var agent = await ConnectAsync(worker, agentNode, signedIn.Token, MessagePackDialect.Instance, new WatchingAgent(ledger, _steps!), stop);
        customer.Hub = await ConnectAsync(worker, customerNode, token.Token, JsonDialect.Instance, customer, stop);

        var code = await agent.CallAsync<CreateCodeResult>(nameof(ICoBrowseHub.CreateCode), new CreateCodeRequest(Guid.CreateVersion7().ToString("N")));
        await customer.Hub.CallAsync<RedeemCodeResult>(nameof(ICoBrowseHub.RedeemCode), new RedeemCodeRequest(code.Code, Page, "Shop", "1"));
        await agent.CallAsync<WatchResult>(nameof(ICoBrowseHub.Watch), new WatchRequest(code.SessionId));
        await customer.Hub.CallAsync<Acknowledged>(nameof(ICoBrowseHub.Consent), new ConsentRequest(code.SessionId, Granted: true));
        customer.SessionId = code.SessionId;
        return (customer, ledger);
    }

    private async Task<LoadHub> ConnectAsync(WorkerContext worker, int node, string token, HubDialect dialect, IHubReceiver receiver, CancellationToken stop)
    {
        var hub = await LoadHub.ConnectAsync(new Uri(worker.Target.Nodes[node], "hubs/cobrowse"), token, dialect, receiver, from: null, stop);
        lock (_gate)
        {
            _hubs.Add(hub);
        }

        _pings.Add(hub);
        return hub;
    }
}
