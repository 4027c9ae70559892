using System.Collections.Concurrent;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Supervision;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// What every <see cref="IContactQueue"/> must do: the words that its suites are written in. An engine inherits each suite and says how it is opened.
/// </summary>
public abstract class ContactQueueSpecification : IAsyncLifetime, IRoutingFeed
{
    protected const string Shop = RoutingSites.Shop;
    protected const string Orders = RoutingSites.Orders;
    protected const string Payments = RoutingSites.Payments;

    private readonly ConcurrentQueue<string> _hints = new();

    /// <summary>Connections to the shop that a node holds, as the tests' calls left them.</summary>
    private readonly HashSet<AgentConnection> _connections = [];
    private ContactQueueEngine? _engine;
    private int _requests;

    protected ManualTimeProvider Clock { get; } = new();

    protected ContactQueueEngine Engine => _engine!;

    protected IContactQueue Queue => _engine!.Queue;

    protected ISupervisionActs Acts => _engine!.Acts;

    protected IReadOnlyCollection<string> Hints => _hints;

    public async ValueTask InitializeAsync() => _engine = await OpenAsync(new RoutingSites(), Clock, this);

    public async ValueTask DisposeAsync()
    {
        await _engine!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    void IRoutingFeed.Changed(string siteId) => _hints.Enqueue(siteId);

    protected abstract Task<ContactQueueEngine> OpenAsync(ISiteCatalog sites, TimeProvider clock, IRoutingFeed feed);

    protected Task RestartAsync()
    {
        _connections.Clear();
        return _engine!.RestartAsync();
    }

    protected string NewRequestId() => $"request-{++_requests}";

    protected static CustomerInfo Customer(string name) => new(name, Verified: false, Name: name);

    protected Task<Outcome<Contact>> TryEnqueueAsync(string customer, string topic = Orders, string? requestId = null, string site = Shop) =>
        Queue.EnqueueAsync(new NewContact(requestId ?? NewRequestId(), site, Customer(customer), topic, "Hello")).Within();

    protected async Task<Contact> EnqueueAsync(string customer, string topic = Orders, string? requestId = null, string site = Shop) =>
        Accepted(await TryEnqueueAsync(customer, topic, requestId, site));

    protected Task<Outcome<Contact>> TryRequestAsync(
        string customer, string phone, string topic = Orders, string? requestId = null, string site = Shop, DateTimeOffset? when = null) =>
        Queue.RequestCallbackAsync(new NewCallback(requestId ?? NewRequestId(), site, Customer(customer), topic, phone, "About my order", when)).Within();

    protected async Task<Contact> RequestAsync(string customer, string phone, string topic = Orders, string? requestId = null, string site = Shop) =>
        Accepted(await TryRequestAsync(customer, phone, topic, requestId, site));

    protected async Task<Contact> ScheduleAsync(string customer, string phone, DateTimeOffset when, string topic = Orders) =>
        Accepted(await TryRequestAsync(customer, phone, topic, when: when));

    protected Task<Outcome<Contact>> TryRescheduleAsync(string customer, string contactId, DateTimeOffset? when) =>
        Queue.RescheduleCallbackAsync(new RescheduleCallbackCommand(Shop, contactId, customer, when)).Within();

    protected Task<Outcome<Contact>> TryCompleteAsync(
        string agentId, string contactId, string outcome, string? requestId = null, string? note = null) =>
        Queue.CompleteCallbackAsync(new CompleteCallbackCommand(requestId ?? NewRequestId(), Shop, contactId, agentId, outcome, note)).Within();

    protected async Task<Contact> CompleteAsync(string agentId, string contactId, string outcome) =>
        Accepted(await TryCompleteAsync(agentId, contactId, outcome));

    /// <summary>A call-back that the agent, new on the scene, is busy with.</summary>
    protected async Task<Contact> HaveCallAsync(string agentId, string customer, string phone, int capacity = 1, string topic = Orders)
    {
        await HaveAgentAsync(agentId, capacity, [topic]);
        await RequestAsync(customer, phone, topic);
        return await AcceptAsync(agentId);
    }

    /// <summary>An agent who is connected and available.</summary>
    /// <param name="queues">Each as <see cref="AgentSkill"/> is written.</param>
    protected async Task<Agent> HaveAgentAsync(string agentId, int capacity = 1, string[]? queues = null, string site = Shop)
    {
        await ConnectAsync(agentId, capacity, queues, site: site);
        return await SetStatusAsync(agentId, AgentStatuses.Available, site);
    }

    protected Task<Agent> ConnectAsync(
        string agentId, int capacity = 1, string[]? queues = null, string connection = "tab", string site = Shop)
    {
        if (site == Shop)
        {
            _connections.Add(ConnectionOf(agentId, connection));
        }

        return Queue.ConnectAgentAsync(ProfileOf(agentId, site, queues ?? [Orders], capacity), $"{agentId}-{connection}").Within();
    }

    protected Task DisconnectAsync(string agentId, string connection = "tab")
    {
        _connections.Remove(ConnectionOf(agentId, connection));
        return Queue.DisconnectAgentAsync(ConnectionOf(agentId, connection), Shop).Within();
    }

    protected Task RenewAsync(string agentId, string connection = "tab") =>
        Queue.RenewPresenceAsync(Shop, [ConnectionOf(agentId, connection)]).Within();

    protected async Task<Agent> SetStatusAsync(string agentId, string status, string site = Shop) =>
        Accepted(await Queue.SetStatusAsync(site, agentId, status).Within());

    protected async Task<Agent> AgentAsync(string agentId) => (await Queue.FindAgentAsync(Shop, agentId).Within())!;

    protected async Task<Contact> ContactAsync(string contactId) => (await Queue.FindContactAsync(Shop, contactId).Within())!;

    /// <summary>The agent's open offer, which must be there.</summary>
    protected async Task<Offer> OfferOfAsync(string agentId)
    {
        var agent = await AgentAsync(agentId);
        Assert.NotNull(agent.Offer);
        return agent.Offer;
    }

    protected async Task<Contact> AcceptAsync(string agentId) =>
        Accepted(await Queue.AcceptOfferAsync(Shop, agentId, (await OfferOfAsync(agentId)).OfferId).Within());

    protected async Task DeclineAsync(string agentId) =>
        Accepted(await Queue.DeclineOfferAsync(Shop, agentId, (await OfferOfAsync(agentId)).OfferId).Within());

    /// <summary>A contact that the agent, new on the scene, serves.</summary>
    protected async Task<Contact> HaveActiveAsync(string agentId, string customer, int capacity = 1, string[]? queues = null)
    {
        await HaveAgentAsync(agentId, capacity, queues);
        await EnqueueAsync(customer);
        return await AcceptAsync(agentId);
    }

    protected Task<Outcome<Contact>> TransferAsync(
        string agentId, string contactId, string? toQueue = null, string? toAgent = null, string? requestId = null) =>
        Queue.TransferAsync(new TransferCommand(requestId ?? NewRequestId(), Shop, contactId, agentId, toQueue, toAgent)).Within();

    protected Task<Outcome<Contact>> CloseAsync(string contactId, string role, string personId, string? disposition = null) =>
        Queue.CloseAsync(new CloseCommand(Shop, contactId, role, personId, disposition)).Within();

    /// <summary>Moves the clock and carries out what became due, in the order in which it did; whoever is connected is renewed, as their node would.</summary>
    protected Task PassAsync(TimeSpan time) => PassAsync(time, isRenewed: true);

    /// <summary>The same, and the node that holds the connections has fallen silent.</summary>
    protected Task PassUnrenewedAsync(TimeSpan time) => PassAsync(time, isRenewed: false);

    protected Task<TimersFired> FireAsync() => Queue.FireDueTimersAsync(Shop, limit: 1_000).Within();

    protected async Task<IReadOnlyList<RoutingEffect>> EffectsAsync() => await Queue.ReadEffectsAsync(Shop, limit: 1_000).Within();

    protected async Task ForgetEffectsAsync()
    {
        if (await EffectsAsync() is [.., var last])
        {
            await Queue.CompleteEffectsAsync(Shop, last.EffectId).Within();
        }
    }

    protected static T Accepted<T>(Outcome<T> outcome)
        where T : notnull
    {
        Assert.True(outcome.IsAccepted, $"Refused: {outcome.Refusal?.Code}");
        return outcome.Value;
    }

    protected static void Refused<T>(string code, Outcome<T> outcome)
        where T : notnull => Assert.Equal(code, outcome.Refusal?.Code);

    internal static AgentProfile ProfileOf(string agentId, string site, string[] queues, int capacity) => AgentProfile.Of(
        new Account(agentId, site, Email: "", agentId.ToUpperInvariant(), Roles.Agent, queues, capacity, PasswordHash: ""));

    private async Task PassAsync(TimeSpan time, bool isRenewed)
    {
        var end = Clock.GetUtcNow() + time;
        var renewal = isRenewed && _connections.Count > 0 ? Clock.GetUtcNow() + RoutingRules.PresenceRenewal : DateTimeOffset.MaxValue;
        while (true)
        {
            var due = (await FireAsync()).NextDue ?? DateTimeOffset.MaxValue;
            var next = due < renewal ? due : renewal;
            if (next > end)
            {
                break;
            }

            Clock.Advance(next - Clock.GetUtcNow());
            if (next == renewal)
            {
                await Queue.RenewPresenceAsync(Shop, [.. _connections]).Within();
                renewal += RoutingRules.PresenceRenewal;
            }
        }

        Clock.Advance(end - Clock.GetUtcNow());
        await FireAsync();
    }

    private static AgentConnection ConnectionOf(string agentId, string connection) => new(agentId, $"{agentId}-{connection}");
}
