using CoPilot.ChatServer.Outcomes;
using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// The model and an engine that live the same history. Engines make up their ids, so here contacts are numbered as they come and offers go by the
/// contact and moment they were made for.
/// </summary>
internal sealed class RoutingTwins(RoutingModel model, ContactQueueEngine engine, ManualTimeProvider clock)
{
    private const string Shop = RoutingSites.Shop;

    private readonly List<string> _contactIds = [];
    private readonly List<string> _offerIds = [];

    public RoutingModel Model => model;

    public ContactQueueEngine Engine => engine;

    private IContactQueue Queue => engine.Queue;

    public async Task StepAsync(RoutingOperation operation)
    {
        model.Begin(clock.GetUtcNow());
        var (expected, actual) = await operation.ApplyAsync(this);
        Assert.Equal(expected, actual);
        await CompareEffectsAsync(inAnyOrder: operation is RoutingOperation.FireTimers);
        await CompareStateAsync();
    }

    public async Task<string> EnqueueAsync(string customer, string topic, string request)
    {
        var outcome = await Queue.EnqueueAsync(
            new NewContact(request, Shop, ContactKinds.Chat, new CustomerInfo(customer, Verified: false), topic, Text: null));
        if (outcome.IsAccepted && !_contactIds.Contains(outcome.Value.ContactId))
        {
            _contactIds.Add(outcome.Value.ContactId);
        }

        return Describe(outcome);
    }

    public async Task<string> ConnectAsync(string agent, int capacity, string[] queues, string tab) =>
        Describe(await Queue.ConnectAgentAsync(new AgentProfile(agent, Shop, agent, queues, capacity), tab));

    public async Task<string> DisconnectAsync(string agent, string tab)
    {
        await Queue.DisconnectAgentAsync(new AgentConnection(agent, tab), Shop);
        return "";
    }

    public async Task<string> RenewAsync(string agent, string tab)
    {
        await Queue.RenewPresenceAsync(Shop, [new AgentConnection(agent, tab)]);
        return "";
    }

    public async Task<string> SetStatusAsync(string agent, string status)
    {
        var outcome = await Queue.SetStatusAsync(Shop, agent, status);
        return outcome.IsAccepted ? Describe(outcome.Value) : outcome.Refusal.Code;
    }

    public async Task<string> AcceptAsync(string agent, ModelOffer? offer) =>
        Describe(await Queue.AcceptOfferAsync(Shop, agent, OfferId(offer)));

    public async Task<string> DeclineAsync(string agent, ModelOffer? offer)
    {
        var outcome = await Queue.DeclineOfferAsync(Shop, agent, OfferId(offer));
        return outcome.IsAccepted ? outcome.Value.ToString() : outcome.Refusal.Code;
    }

    public async Task<string> TransferAsync(string agent, ModelContact? contact, string? queue, string? target, string request) =>
        Describe(await Queue.TransferAsync(new TransferCommand(request, Shop, ContactId(contact), agent, queue, target)));

    public async Task<string> CloseAsync(ModelContact? contact, string role, string person) =>
        Describe(await Queue.CloseAsync(new CloseCommand(Shop, ContactId(contact), role, person, Disposition: null)));

    public async Task<string> FireAsync()
    {
        var fired = await Queue.FireDueTimersAsync(Shop, limit: 10_000);
        return $"{fired.Count} {fired.NextDue:HH:mm:ss.fff}";
    }

    public Task<(string Expected, string Actual)> MoveClockAsync(int milliseconds)
    {
        clock.StepWallClock(TimeSpan.FromMilliseconds(milliseconds));
        model.Begin(clock.GetUtcNow());
        return Task.FromResult(("", ""));
    }

    /// <summary>Mostly the agent's open offer, where there is one; else any that ever was.</summary>
    public ModelOffer? PickOffer(string agent, int number) =>
        number % 4 > 0 && model.OpenOffer(agent) is { } open ? open : model.Offers.ElementAtOrDefault(number % Math.Max(1, model.Offers.Count));

    /// <summary>Mostly one that is open.</summary>
    public ModelContact? PickContact(int number)
    {
        var candidates = number % 4 > 0 ? model.Contacts.FindAll(contact => contact.IsOpen) : model.Contacts;
        return candidates.ElementAtOrDefault(number % Math.Max(1, candidates.Count));
    }

    private async Task CompareEffectsAsync(bool inAnyOrder)
    {
        var effects = await Queue.ReadEffectsAsync(Shop, limit: 10_000);
        _offerIds.AddRange(effects.OfType<OfferMade>().Select(effect => effect.Offer.OfferId));
        var actual = effects.Select(Describe);
        Assert.Equal(
            inAnyOrder ? model.Effects.Order(StringComparer.Ordinal) : model.Effects,
            inAnyOrder ? actual.Order(StringComparer.Ordinal) : actual);
        if (effects is [.., var last])
        {
            await Queue.CompleteEffectsAsync(Shop, last.EffectId);
        }
    }

    private async Task CompareStateAsync()
    {
        foreach (var contact in model.Contacts)
        {
            Assert.Equal(contact.ToString(), Describe((await Queue.FindContactAsync(Shop, _contactIds[contact.Number]))!));
        }

        foreach (var agent in model.Agents.Values)
        {
            Assert.Equal(model.Describe(agent), Describe((await Queue.FindAgentAsync(Shop, agent.Id))!));
            Assert.Equal(await CountOwnedAsync(agent.Id), (await Queue.FindAgentAsync(Shop, agent.Id))!.Load);
        }

        foreach (var queue in await Queue.GetQueuesAsync(Shop))
        {
            var line = await Queue.GetLineAsync(Shop, queue.Name);
            Assert.Equal(model.Line(queue.Name).Select(contact => contact.Number), line.Select(place => NumberOf(place.ContactId)));
            Assert.Equal(Enumerable.Range(1, line.Count), line.Select(place => place.Position));
            Assert.Equal((line.Count, model.AvailableFor(queue.Name)), (queue.Waiting, queue.AgentsAvailable));
        }
    }

    private async Task<int> CountOwnedAsync(string agentId)
    {
        var owned = 0;
        foreach (var contactId in _contactIds)
        {
            var contact = (await Queue.FindContactAsync(Shop, contactId))!;
            owned += contact.Agent?.AgentId == agentId && contact.State is ContactStates.Offered or ContactStates.Active ? 1 : 0;
        }

        return owned;
    }

    private string Describe(Outcome<Contact> outcome) => outcome.IsAccepted ? Describe(outcome.Value) : outcome.Refusal.Code;

    private string Describe(Contact contact) => string.Join(
        ' ',
        NumberOf(contact.ContactId),
        contact.Customer.CustomerId,
        contact.Queue,
        contact.State,
        $"{contact.ArrivedAt:HH:mm:ss.fff}",
        contact.Fence,
        contact.Agent?.AgentId ?? "-",
        contact.AcceptedAt is { } acceptedAt ? $"{acceptedAt:HH:mm:ss.fff}" : "-");

    private string Describe(Agent agent) => string.Join(
        ' ',
        agent.Profile.AgentId,
        agent.Status,
        agent.IsConnected,
        agent.Profile.Capacity,
        agent.Load,
        string.Join(',', agent.Profile.Queues),
        string.Join(',', agent.Contacts.Select(contact => NumberOf(contact.ContactId))),
        agent.Offer is { } offer ? $"{NumberOf(offer.Contact.ContactId)} {offer.ExpiresAt:HH:mm:ss.fff}" : "-");

    private string Describe(RoutingEffect effect) => effect switch
    {
        ConversationOpened opened => $"opened {NumberOf(opened.Conversation.ContactId)}",
        ConversationChanged { Change: var change } =>
            $"changed {NumberOf(change.EventId.Split(':')[0])} {change.Fence} {change.Code} {change.State} {change.Agent?.AgentId ?? "-"}",
        ContactMoved { Contact: var contact } moved =>
            $"moved {NumberOf(contact.ContactId)} {contact.Fence} {contact.State} {moved.AgentId ?? "-"} {moved.Reason ?? "-"}",
        OfferMade made => $"offer {made.Agent.AgentId} {NumberOf(made.Offer.Contact.ContactId)}",
        OfferEnded ended => $"offer-ended {ended.AgentId} {model.Offers[_offerIds.IndexOf(ended.OfferId)].Contact.Number} {ended.Reason}",
        _ => throw new InvalidOperationException($"No such effect: {effect}"),
    };

    private int NumberOf(string contactId) => _contactIds.IndexOf(contactId);

    private string ContactId(ModelContact? contact) => contact is null ? "unknown" : _contactIds[contact.Number];

    private string OfferId(ModelOffer? offer) => offer is null ? "unknown" : _offerIds[model.Offers.IndexOf(offer)];
}
