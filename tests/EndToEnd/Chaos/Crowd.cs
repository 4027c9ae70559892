using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>Everybody who talks in a story: customers and agents, spread over the addresses.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>Half of the people give up on a silent connection soon, half wait until it might answer after all.</summary>
    private static readonly TimeSpan[] Patience = [TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15)];

    private readonly History _history = new();
    private readonly Talks _talks;
    private readonly List<ChaosCustomer> _customers = [];
    private readonly List<ChaosAgent> _agents = [];
    private Task _talking = Task.CompletedTask;

    private Crowd(TalkPlan plan) => _talks = new Talks(plan);

    public IReadOnlyList<ReliableClient> Customers => _customers;

    public Talks Talks => _talks;

    /// <summary>Customers and agents who meet sit on different addresses as often as on the same one.</summary>
    public static async Task<Crowd> StartAsync(ChaosWorld world, TalkPlan plan, IReadOnlyList<Uri>? addresses = null)
    {
        var crowd = new Crowd(plan);
        addresses ??= world.Addresses;

        // Not only where the story causes it: hundreds of people, the nodes and Redis share this machine and its disk. Whether it did harm is in the history.
        world.ExpectOutage(plan.Conversations);
        foreach (var node in world.Nodes)
        {
            node.Log.MustNotContain(TalkPlan.Secret);
        }

        foreach (var agent in await world.AddAgentsAsync())
        {
            var number = crowd._agents.Count;
            crowd._agents.Add(new ChaosAgent(StartingAt(addresses, number), agent.AgentId, agent.Token, Patience[number / 2 % 2], crowd._history, crowd._talks));
        }

        foreach (var customer in await world.CreateCustomersAsync(plan.Conversations))
        {
            var number = crowd._customers.Count;
            crowd._customers.Add(new ChaosCustomer(
                StartingAt(addresses, number), customer.CustomerId, customer.Token, Patience[number / 2 % 2], crowd._history, crowd._talks));
        }

        crowd._agents.ForEach(agent => agent.Start());
        crowd._customers.ForEach(customer => customer.Start());
        crowd._talking = Task.WhenAll(crowd._customers.Select(customer => customer.TalkAsync()));
        return crowd;
    }

    /// <summary>Until so much of all that is to be said has been said.</summary>
    public Task ReachedAsync(double share) => Eventually.TrueAsync(() => _talks.Spoken >= share * _talks.Plan.Messages, TimeSpan.FromMinutes(1));

    /// <summary>Until everything has been said in every conversation, by both sides. What never gets there is in <see cref="Talks"/>.</summary>
    public async Task FinishAsync(TimeSpan within)
    {
        try
        {
            await _talking.WaitAsync(within, TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => _talks.AreDone, within);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not within {within}:\n{string.Join('\n', _talks.Unfinished.Take(20))}");
        }
    }

    /// <summary>Reads everything whole, as its customer and as who serves it.</summary>
    public async Task<Observations> ObserveAsync()
    {
        var statuses = new Dictionary<ChaosAgent, SetStatusResult>();
        foreach (var agent in _agents)
        {
            statuses[agent] = await agent.StatusAsync().Within();
        }

        await Parallel.ForEachAsync(_customers, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (customer, _) => await ObserveAsync(customer, statuses).Within());
        return _history.End(statuses.Values.Any(status => status.Status == AgentStatuses.Available && status.Load < status.Capacity));
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_agents.Concat<ReliableClient>(_customers).Select(client => client.DisposeAsync().AsTask())).Within();

    private async Task ObserveAsync(ChaosCustomer customer, Dictionary<ChaosAgent, SetStatusResult> statuses)
    {
        if (!customer.HasStarted)
        {
            return;
        }

        var id = customer.ConversationId;
        var contacts = await customer.CallAsync(client => client.MyContacts(new MyContactsRequest()));
        var owners = statuses.Where(agent => agent.Value.Contacts.Any(contact => contact.ConversationId == id)).Select(agent => agent.Key).ToList();
        var customerLog = await customer.ReadAsync(id);
        var agentLog = owners.Count > 0 ? await owners[0].ReadAsync(id) : null;
        _history.Add(new FinalConversation(
            id,
            customer.Id,
            [.. customer.EpochsOf(id).Concat(_agents.SelectMany(agent => agent.EpochsOf(id))).Distinct()],
            contacts.Contacts.FirstOrDefault(contact => contact.ConversationId == id)?.State,
            [.. owners.Select(owner => owner.Id)],
            customerLog,
            agentLog));
    }

    private static Uri[] StartingAt(IReadOnlyList<Uri> addresses, int first) =>
        [.. Enumerable.Range(0, addresses.Count).Select(step => addresses[(first + step) % addresses.Count])];
}
