using System.Globalization;
using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.RoutingCost;

/// <summary>
/// A site with so many contacts in line, whose customers are all connected, twenty agents who are busy, and one, Anna, whom the measurement moves. What it does
/// besides the steps it measures is here. Not thread-safe.
/// </summary>
internal sealed class Line(IContactQueue queue, int length)
{
    public const string Anna = "anna";

    private const int BusyAgents = 20;
    private const int AtOnce = 100;

    private readonly List<Contact> _waiting = [];
    private readonly List<AgentConnection> _connections = [];
    private int _customers;

    public int Length => length;

    public string Site { get; } = LineSites.IdOf(length);

    public IContactQueue Queue => queue;

    /// <summary>All of the line as it was filled or came, first the first.</summary>
    public IReadOnlyList<Contact> Waiting => _waiting;

    /// <summary>Of all agents.</summary>
    public IReadOnlyList<AgentConnection> Connections => _connections;

    public async Task FillAsync()
    {
        for (var i = 0; i < BusyAgents; i++)
        {
            var agent = string.Create(CultureInfo.InvariantCulture, $"busy-{i}");
            await ConnectAsync(agent, AgentStatuses.Available);
            await EnqueueAsync();
            Accepted(await queue.AcceptOfferAsync(Site, agent, await OfferAsync(agent)));
        }

        await ConnectAsync(Anna, AgentStatuses.Away);
        foreach (var some in Enumerable.Range(0, length).Chunk(AtOnce))
        {
            _waiting.AddRange(await Task.WhenAll(some.Select(_ => EnqueueAsync())));
            await ForgetEffectsAsync();
        }

        _waiting.Sort((one, other) => string.CompareOrdinal(one.Customer.CustomerId, other.Customer.CustomerId));
        await HoldCustomersAsync();
    }

    public async Task<Contact> EnqueueAsync()
    {
        var contact = new NewContact("r", Site, NewCustomer(), LineSites.Orders, "Hello");
        return Accepted(await queue.EnqueueAsync(contact));
    }

    public void Came(Contact contact) => _waiting.Add(contact);

    public void Left(string contactId) => _waiting.RemoveAt(_waiting.FindIndex(contact => contact.ContactId == contactId));

    public CustomerInfo NewCustomer() => new(string.Create(CultureInfo.InvariantCulture, $"customer-{_customers++:D9}"), Verified: false);

    public string NewPhone() => string.Create(CultureInfo.InvariantCulture, $"+3161{_customers:D7}");

    public async Task<string> OfferAsync(string agent) =>
        (await queue.FindAgentAsync(Site, agent))?.Offer?.OfferId ?? throw new InvalidOperationException($"{agent} has no offer.");

    public async Task<Outcome<Contact>> CloseAsync(Contact contact) =>
        await queue.CloseAsync(new CloseCommand(Site, contact.ContactId, Roles.Customer, contact.Customer.CustomerId, null));

    public Task HoldCustomersAsync() => queue.HoldCustomersAsync(Site, CustomersInLine());

    public Task ReleaseCustomersAsync() => queue.ReleaseCustomersAsync(Site, CustomersInLine());

    public Task RenewAsync() => queue.RenewPresenceAsync(Site, _connections);

    /// <summary>As a node does that has applied them.</summary>
    public async Task ForgetEffectsAsync()
    {
        while (await queue.ReadEffectsAsync(Site, 1_000) is [.., var last])
        {
            await queue.CompleteEffectsAsync(Site, last.EffectId);
        }
    }

    public static T Accepted<T>(Outcome<T> outcome)
        where T : notnull =>
        outcome.IsAccepted ? outcome.Value : throw new InvalidOperationException($"Refused: {outcome.Refusal.Code} {outcome.Refusal.Text}");

    private List<string> CustomersInLine() => _waiting.ConvertAll(contact => contact.Customer.CustomerId);

    private async Task ConnectAsync(string agent, string status)
    {
        var connection = new AgentConnection(agent, agent + "-tab");
        await queue.ConnectAgentAsync(new AgentProfile(agent, Site, agent, [LineSites.Orders], Capacity: 1), connection.ConnectionId);
        Accepted(await queue.SetStatusAsync(Site, agent, status));
        _connections.Add(connection);
    }
}
