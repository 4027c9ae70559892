using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// An engine that lives the model's history. Engines make up their ids, so here contacts are numbered as they come and offers go by the
/// contact and moment they were made for.
/// </summary>
internal sealed class RoutingTwin(RoutingModel model, ContactQueueEngine engine)
{
    private const string Shop = RoutingSites.Shop;

    private readonly List<string> _contactIds = [];
    private readonly List<string> _offerIds = [];

    /// <summary>Contacts that were found to be closed as they are to stay.</summary>
    private readonly HashSet<int> _closed = [];

    /// <summary>The last step's effects are removed while the next step is taken, which sees none of them.</summary>
    private Task _removal = Task.CompletedTask;

    private IContactQueue Queue => engine.Queue;

    /// <param name="comparesFacts">Otherwise effects are read only where the model has some, and what waits are estimated from is not.</param>
    public async Task StepAsync(RoutingOperation.Act act, bool inAnyOrder, bool comparesFacts)
    {
        var answer = act.ByAsync(this);
        await _removal;
        Assert.Equal(act.Expected, await answer);
        if (comparesFacts || model.Effects.Count > 0)
        {
            await CompareEffectsAsync(inAnyOrder);
        }

        if (comparesFacts)
        {
            await CompareWaitsAsync();
        }
    }

    public async Task<string> RestartAsync()
    {
        await _removal;
        await engine.RestartAsync();
        return "";
    }

    public async Task<string> DieAsync()
    {
        await _removal;
        await engine.DieAsync();
        return "";
    }

    public async Task<string> EnqueueAsync(string customer, string topic, string request)
    {
        var outcome = await Queue.EnqueueAsync(
            new NewContact(request, Shop, ModelContact.Known(customer), topic, Text: null) { Attributes = ModelContact.AttributesOf(customer) });
        if (outcome.IsAccepted && !_contactIds.Contains(outcome.Value.ContactId))
        {
            _contactIds.Add(outcome.Value.ContactId);
        }

        return Describe(outcome);
    }

    public async Task<string> RequestCallbackAsync(string customer, string topic, string phone, string request, DateTimeOffset? when)
    {
        var outcome = await Queue.RequestCallbackAsync(
            new NewCallback(request, Shop, ModelContact.Known(customer), topic, phone, Note: null, when) { Attributes = ModelContact.AttributesOf(customer) });
        if (outcome.IsAccepted && !_contactIds.Contains(outcome.Value.ContactId))
        {
            _contactIds.Add(outcome.Value.ContactId);
        }

        return Describe(outcome);
    }

    public async Task<string> SwitchToCallbackAsync(string customer, ModelContact? contact, string phone, DateTimeOffset? when, string request) => Describe(
        await Queue.SwitchToCallbackAsync(new SwitchToCallbackCommand(request, Shop, ContactId(contact), customer, phone, Note: null, when)));

    public async Task<string> SwitchToChatAsync(string customer, ModelContact? contact, string request) =>
        Describe(await Queue.SwitchToChatAsync(new SwitchToChatCommand(request, Shop, ContactId(contact), customer)));

    public async Task<string> RescheduleCallbackAsync(string customer, ModelContact? contact, DateTimeOffset? when) =>
        Describe(await Queue.RescheduleCallbackAsync(new RescheduleCallbackCommand(Shop, ContactId(contact), customer, when)));

    public async Task<string> CompleteCallbackAsync(string agent, ModelContact? contact, string outcome, string request) =>
        Describe(await Queue.CompleteCallbackAsync(new CompleteCallbackCommand(request, Shop, ContactId(contact), agent, outcome, Note: null)));

    public async Task<string> ConnectAsync(string agent, int capacity, string[] queues, string tab) =>
        Describe(await Queue.ConnectAgentAsync(ContactQueueSpecification.ProfileOf(agent, Shop, queues, capacity), tab));

    public async Task<string> DisconnectAsync(string agent, string tab)
    {
        await Queue.DisconnectAgentAsync(new AgentConnection(agent, tab), Shop);
        return "";
    }

    public async Task<string> RenewAsync((string Agent, string Tab)[] connections)
    {
        await Queue.RenewPresenceAsync(Shop, [.. connections.Select(connection => new AgentConnection(connection.Agent, connection.Tab))]);
        return "";
    }

    public async Task<string> HoldCustomersAsync(string[] customers)
    {
        await Queue.HoldCustomersAsync(Shop, customers);
        return "";
    }

    public async Task<string> ReleaseCustomersAsync(string[] customers)
    {
        await Queue.ReleaseCustomersAsync(Shop, customers);
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

    public async Task<string> CloseQueueAsync(string queue, DateTimeOffset? until)
    {
        var outcome = await Queue.CloseQueueAsync(new CloseQueueCommand(Shop, queue, until, new Supervisor("sam", "Sam")));
        return outcome.IsAccepted ? outcome.Value.ToString() : outcome.Refusal.Code;
    }

    public async Task<string> MoveContactAsync(ModelContact? contact, string queue)
    {
        var outcome = await Queue.MoveContactAsync(new MoveContactCommand(Shop, ContactId(contact), queue, new Supervisor("sam", "Sam")));
        return outcome.IsAccepted ? outcome.Value.ToString() : outcome.Refusal.Code;
    }

    public async Task<string> SetHeadStartAsync(ModelContact? contact, int headStart)
    {
        var outcome = await Queue.SetHeadStartAsync(new SetHeadStartCommand(Shop, ContactId(contact), headStart, new Supervisor("sam", "Sam")));
        return outcome.IsAccepted ? outcome.Value.ToString() : outcome.Refusal.Code;
    }

    public async Task<string> OpenQueueAsync(string queue)
    {
        var outcome = await Queue.OpenQueueAsync(new OpenQueueCommand(Shop, queue, new Supervisor("sam", "Sam")));
        return outcome.IsAccepted ? outcome.Value.ToString() : outcome.Refusal.Code;
    }

    public async Task<string> SettleInactivityAsync(ModelContact? contact, long fence, DateTimeOffset? lookAgainAt) =>
        Describe(await Queue.SettleInactivityAsync(new InactivityCommand(Shop, ContactId(contact), fence, lookAgainAt)));

    public async Task<string> FireAsync()
    {
        var fired = await Queue.FireDueTimersAsync(Shop, limit: 10_000);
        return $"{fired.Count} {fired.NextDue:HH:mm:ss.fff}";
    }

    public async Task<string> ShowWaitAsync(ModelContact? contact, int minutes)
    {
        await Queue.KeepShownWaitsAsync(Shop, [new WaitShown(ContactId(contact), new WaitRange(minutes * 60, minutes * 120))]);
        return "";
    }

    private async Task CompareWaitsAsync()
    {
        var waits = await Queue.GetWaitsAsync(Shop);
        Assert.Equal(waits.Lines.Select(line => model.LineFacts(line.Queue)), waits.Lines);
        Assert.Equal(
            model.AgentFacts().Order(StringComparer.Ordinal),
            waits.Agents.Select(agent => string.Join(
                ' ', string.Join(',', agent.Queues.Order(StringComparer.Ordinal)), agent.Capacity, agent.Load, agent.IsOnCall, agent.IsFinishingUp))
                .Order(StringComparer.Ordinal));
    }

    private async Task CompareSiteAsync()
    {
        var site = await Queue.GetSiteAsync(Shop, model.QueueNames, isWatched: false);
        Assert.Equal(model.QueueNames.Select(model.LineFacts), site.Lines.Select(line => line.Facts));
        Assert.Equal(model.QueueNames.Select(model.SeenLine), site.Lines.Zip(site.Listed).Select(line => Describe(line.First, line.Second)));
        Assert.Equal(
            model.SeenAgents(),
            site.Agents.Select(agent =>
                $"{agent.Agent.AgentId} {agent.Status} {agent.IsConnected} {agent.Capacity} {agent.Load} {agent.IsOnCall} {agent.WrapUpUntil:HH:mm:ss.fff}")
                .Order(StringComparer.Ordinal));
    }

    private string Describe(SiteLine line, ListedLine listed) => string.Join(
        ' ',
        $"{line.State.OldestArrival:HH:mm:ss.fff}",
        line.State.AgentsAvailable,
        line.CallsInLine,
        line.Serving,
        line.Scheduled,
        line.Due,
        string.Join(',', listed.Contacts.Select(contact => $"{NumberOf(contact.Contact.ContactId)}+{contact.HeadStart}")));

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
            _removal = Queue.CompleteEffectsAsync(Shop, last.EffectId);
        }
    }

    /// <summary>Asks for everything at once, so that a store is not waited for time and again.</summary>
    /// <param name="isLast">Also what was closed when the state was compared before.</param>
    public Task CompareStateAsync(bool isLast) =>
        Task.WhenAll(CompareContactsAndAgentsAsync(isLast), CompareCustomersAsync(), CompareQueuesAsync(), CompareSiteAsync(), CheckInvariantsAsync(isLast));

    /// <summary>Where the clock was just set, a match may have come about that the next step sees to.</summary>
    private async Task CheckInvariantsAsync(bool isLast)
    {
        string? next = null;
        do
        {
            var part = await engine.Invariants.CheckAsync(Shop, next);
            Assert.DoesNotContain(part.Broken, broken => broken.Value > 0 && (isLast || broken.Key != RoutingInvariants.Match));
            next = part.Next;
        }
        while (next is not null);
    }

    private async Task CompareContactsAndAgentsAsync(bool isLast)
    {
        var expected = model.Contacts.FindAll(contact => isLast || !_closed.Contains(contact.Number));
        var reading = Task.WhenAll(expected.Select(contact => Queue.FindContactAsync(Shop, _contactIds[contact.Number])));
        var agents = await Task.WhenAll(model.Agents.Values.Select(agent => Queue.FindAgentAsync(Shop, agent.Id)));
        var owned = new Dictionary<string, int>();
        foreach (var (contact, actual) in expected.Zip(await reading))
        {
            Assert.Equal(contact.ToString(), Describe(actual!));
            if (actual is { Agent.AgentId: { } owner, State: ContactStates.Offered or ContactStates.Active })
            {
                owned[owner] = owned.GetValueOrDefault(owner) + 1;
            }
        }

        foreach (var (agent, actual) in model.Agents.Values.Zip(agents))
        {
            Assert.Equal(model.Describe(agent), Describe(actual!));
            Assert.Equal(owned.GetValueOrDefault(agent.Id), actual!.Load);
        }

        _closed.UnionWith(model.Contacts.Where(contact => !contact.IsOpen).Select(contact => contact.Number));
    }

    private Task CompareCustomersAsync() =>
        Task.WhenAll(model.Contacts.GroupBy(contact => contact.Customer).Select(async customer =>
        {
            var open = await Queue.ListOpenContactsAsync(Shop, customer.Key);
            Assert.Equal(customer.Where(contact => contact.IsOpen).Select(contact => contact.Number), open.Select(contact => NumberOf(contact.ContactId)));
        }));

    private async Task CompareQueuesAsync() =>
        await Task.WhenAll((await Queue.GetQueuesAsync(Shop)).Select(async queue =>
        {
            var counting = Queue.CountSlotsAsync(Shop, queue.Name, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            var line = await Queue.GetLineAsync(Shop, queue.Name);
            Assert.Equal(model.Line(queue.Name).Select(contact => contact.Number), line.Select(place => NumberOf(place.ContactId)));
            Assert.Equal(Enumerable.Range(1, line.Count), line.Select(place => place.Position));
            Assert.Equal(
                model.Contacts.Where(contact => contact.Queue == queue.Name && contact.SlotAt is not null).GroupBy(contact => contact.SlotAt!.Value)
                    .Select(slot => new SlotCount(slot.Key, slot.Count())).OrderBy(slot => slot.Start),
                await counting);
            Assert.Equal((line.Count, model.AvailableFor(queue.Name)), (queue.Waiting, queue.AgentsAvailable));
        }));

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
        contact.AcceptedAt is { } acceptedAt ? $"{acceptedAt:HH:mm:ss.fff}" : "-",
        Describe(contact.Shown),
        contact.Callback is { } callback ? Describe(callback) : "-")
        + (contact.CustomerAway ? " away" : "")
        + (contact.End is { } end ? $" {end.At:HH:mm:ss.fff} {end.Reason}" : "");

    private static string Describe(ShownWait? shown) =>
        shown is null ? "-" : $"{shown.Range.MinSeconds}-{shown.Range.MaxSeconds} {shown.At:HH:mm:ss.fff}";

    private static string Describe(Callback callback) =>
        $"{callback.Phone} {callback.DueAt:HH:mm:ss.fff} "
        + string.Join(',', callback.Attempts.Select(attempt => $"{attempt.At:HH:mm:ss.fff} {attempt.Outcome} {attempt.AgentId}"));

    private string Describe(Agent agent) => string.Join(
        ' ',
        agent.Profile.AgentId,
        agent.Status,
        agent.IsConnected,
        agent.Profile.Capacity,
        agent.Load,
        string.Join(',', agent.Profile.Queues.Select(queue => $"{queue}:{agent.Profile.LevelOf(queue)}")),
        string.Join(',', agent.Contacts.Select(contact => NumberOf(contact.ContactId))),
        agent.Offer is { } offer ? $"{NumberOf(offer.Contact.ContactId)} {offer.ExpiresAt:HH:mm:ss.fff}" : "-",
        $"{agent.WrapUpUntil:HH:mm:ss.fff}");

    private string Describe(RoutingEffect effect) => effect switch
    {
        ConversationOpened opened => $"opened {NumberOf(opened.Conversation.ContactId)}",
        ConversationChanged { Change: var change } =>
            $"changed {NumberOf(change.EventId.Split(':')[0])} {change.Fence} {change.Code} {change.State} {change.Agent?.AgentId ?? "-"}",
        ContactMoved { Contact: var contact } moved =>
            $"moved {NumberOf(contact.ContactId)} {contact.Fence} {contact.State} {moved.AgentId ?? "-"} {moved.Reason ?? "-"} {Describe(contact.Shown)}",
        OfferMade made => $"offer {made.Agent.AgentId} {NumberOf(made.Offer.Contact.ContactId)}",
        CustomerSeen { Contact: var contact } => $"seen {NumberOf(contact.ContactId)} {contact.CustomerAway}",
        InactivityDue due => $"silent {NumberOf(due.Contact.ContactId)} {due.Contact.Fence} {due.At:HH:mm:ss.fff}",
        OfferEnded ended => $"offer-ended {ended.AgentId} {model.Offers[_offerIds.IndexOf(ended.OfferId)].Contact.Number} {ended.Reason}",
        AgentStatusChanged changed => $"status {changed.AgentId} {changed.Status} {changed.Reason}",
        _ => throw new InvalidOperationException($"No such effect: {effect}"),
    };

    private int NumberOf(string contactId) => _contactIds.IndexOf(contactId);

    private string ContactId(ModelContact? contact) => contact is null ? "unknown" : _contactIds[contact.Number];

    private string OfferId(ModelOffer? offer) => offer is null ? "unknown" : _offerIds[model.Offers.IndexOf(offer)];
}
