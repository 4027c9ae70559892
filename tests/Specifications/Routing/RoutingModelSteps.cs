using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>What the model knows, what can be seen of it, and what its calls are made of.</summary>
internal abstract partial class RoutingModelSteps(Site site) : RoutingModelWaits
{
    protected Site Site => site;

    private readonly Dictionary<(string Person, string Request), (ModelContact Contact, DateTimeOffset At)> _requests = [];
    private DateTimeOffset _lastStamp;

    public IReadOnlyList<string> QueueNames => [.. site.Queues.Select(queue => queue.Name)];

    /// <summary>All that ever came, in the order in which they did.</summary>
    public List<ModelContact> Contacts { get; } = [];

    public List<ModelOffer> Offers { get; } = [];

    public SortedDictionary<string, ModelAgent> Agents { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the last call.</summary>
    public List<string> Effects { get; } = [];

    /// <summary>By queue: when it opens, where call-backs wait for it and somebody is free for them.</summary>
    public Dictionary<string, DateTimeOffset> Openings { get; } = [];

    /// <summary>By queue: until when a supervisor closed it; null for until it is opened.</summary>
    public Dictionary<string, DateTimeOffset?> Closures { get; } = [];

    /// <summary>The latest moment that the clock ever showed.</summary>
    public DateTimeOffset Latest { get; private set; }

    public void Begin(DateTimeOffset now)
    {
        Now = now;
        Latest = now > Latest ? now : Latest;
        Effects.Clear();
    }

    protected static int HeadStartOf(QueueSettings queue, string topic, string customer) =>
        queue.HeadStartOf(topic, ModelContact.Known(customer).Verified, ModelContact.AttributesOf(customer));

    /// <summary>Who is connected and not offline, or has a contact.</summary>
    public IEnumerable<string> SeenAgents() =>
        Agents.Values.Where(agent => (agent.IsConnected(Now) && agent.Status != AgentStatuses.Offline) || Load(agent.Id) > 0).Select(agent =>
            $"{agent.Id} {agent.Status} {agent.IsConnected(Now)} {agent.Capacity} {Load(agent.Id)} {IsOnCall(agent)} {agent.WrapUpUntil:HH:mm:ss.fff}");

    /// <summary>What supervisors see of a queue besides <see cref="LineFacts"/>.</summary>
    public string SeenLine(string queue)
    {
        var line = Line(queue).ToList();
        var own = Contacts.FindAll(contact => contact.Queue == queue);
        var scheduled = own.FindAll(contact => contact.State == ContactStates.Scheduled);
        return string.Join(
            ' ',
            $"{line.MinBy(contact => contact.Stamp)?.ArrivedAt:HH:mm:ss.fff}",
            AvailableFor(queue),
            line.Count(contact => contact.IsCallback),
            own.Count(contact => contact.State == ContactStates.Active),
            scheduled.Count,
            scheduled.Count(contact => contact.DueAt <= Now + SiteFacts.DueWithin),
            string.Join(',', line.Select(contact => $"{contact.Number}+{contact.HeadStart}").Take(Limits.LineContacts)));
    }

    protected QueueCallbacks CallRules(string queue) => site.FindQueue(queue)!.Callbacks ?? QueueCallbacks.None;

    protected bool IsClosed(string queue) => !site.FindQueue(queue)!.Hours.IsOpenAt(Now) || IsClosedForNow(queue, out _);

    /// <summary>Null as well when nobody knows.</summary>
    protected DateTimeOffset? NextOpening(string queue)
    {
        var hours = site.FindQueue(queue)!.Hours;
        return !IsClosedForNow(queue, out var end) ? hours.NextOpening(Now)
            : end is null ? null
            : hours.IsOpenAt(end.Value) ? end : hours.NextOpening(end.Value);
    }

    protected bool IsClosedForNow(string queue, out DateTimeOffset? end) => Closures.TryGetValue(queue, out end) && !(end <= Now);

    protected ModelContact? Remembered(string person, string request) =>
        _requests.TryGetValue((person, request), out var known) && known.At >= Now - Limits.RequestMemory ? known.Contact : null;

    protected string Remember(string person, string request, ModelContact contact)
    {
        _requests[(person, request)] = (contact, Now);
        return contact.ToString();
    }

    private bool HasRoom(ModelAgent agent) =>
        agent.IsConnected(Now) && agent.Status == AgentStatuses.Available && agent.WrapUpUntil is null && Load(agent.Id) < agent.Capacity;

    private bool IsOnCall(ModelAgent agent) =>
        Contacts.Exists(contact => contact.IsCallback && contact.State == ContactStates.Active && contact.Owner == agent.Id);

    private IOrderedEnumerable<ModelContact> ByPlace(Func<ModelContact, bool> isMeant) => Contacts.Where(isMeant).OrderBy(contact => contact.StandsAt).ThenBy(contact => contact.HeadStart);

    /// <summary>No clock takes anybody's turn away.</summary>
    protected DateTimeOffset TakeStamp()
    {
        var next = _lastStamp.AddMilliseconds(1);
        return _lastStamp = Now > next ? Now : next;
    }

    /// <summary>For a moment that has gone by.</summary>
    protected DateTimeOffset TakeStampFor(DateTimeOffset moment, int headStart)
    {
        while (Contacts.Exists(contact => contact.IsOpen && contact.Stamp == moment && contact.HeadStart == headStart))
        {
            moment = moment.AddMilliseconds(1);
        }

        _lastStamp = _lastStamp > moment ? _lastStamp : moment;
        return moment;
    }

    private bool Matches(ModelAgent agent, ModelContact contact) =>
        IsFree(agent, contact) && !(contact.IsCallback && IsClosed(contact.Queue)) && !(contact.PassedUntil.TryGetValue(agent.Id, out var until) && until > Now);

    protected void MakeOffers()
    {
        EndPreferencesInVain();
        while (ByPlace(contact => contact.State == ContactStates.Waiting && Agents.Values.Any(agent => Matches(agent, contact))).FirstOrDefault() is { } oldest)
        {
            var strategy = site.FindQueue(oldest.Queue)!.Strategy;
            Offer(oldest, Agents.Values.Where(agent => Matches(agent, oldest))
                .OrderBy(agent => oldest.PassedUntil.ContainsKey(agent.Id))
                .ThenByDescending(agent => strategy == QueueStrategies.BestLevel ? agent.Levels[oldest.Queue] : 0)
                .ThenBy(agent => strategy == QueueStrategies.LongestIdle ? 0 : Load(agent.Id))
                .ThenBy(agent => agent.IdleSince)
                .ThenBy(agent => agent.Id, StringComparer.Ordinal)
                .First().Id);
        }

        foreach (var queue in Contacts.Where(contact =>
            contact is { IsCallback: true, State: ContactStates.Waiting } && Agents.Values.Any(agent => IsFree(agent, contact)) && IsClosed(contact.Queue)).Select(contact => contact.Queue))
        {
            if (NextOpening(queue) is { } opening)
            {
                Openings[queue] = opening;
            }
        }
    }

    /// <summary>A new contact comes into the line.</summary>
    protected void Enter(ModelContact contact)
    {
        if (contact.State == ContactStates.Waiting)
        {
            ComeToLine(contact);
        }

        Contacts.Add(contact);
        if (contact.State == ContactStates.Waiting)
        {
            CountHeadStart(contact);
        }

        if (!contact.IsCallback)
        {
            contact.HasConversation = true;
            Effects.Add($"opened {contact.Number}");
        }

        Moved(contact, null, null);
        MakeOffers();
    }

    protected void Offer(ModelContact contact, string agentId)
    {
        var offer = new ModelOffer(contact, agentId, Now + site.FindQueue(contact.Queue)!.AcceptTimeout);
        Offers.Add(offer);
        contact.Offer = offer;
        contact.Become(ContactStates.Offered, agentId);
        Agents[agentId].IdleSince = Now;
        Took(contact.Queue);
        Moved(contact, null, null);
        Effects.Add($"offer {agentId} {contact.Number}");
    }

    protected void TakeBack(ModelOffer offer, string reason)
    {
        End(offer, reason);
        BackToLine(offer.Contact, offer.Contact.Queue);
        Moved(offer.Contact, null, reason);
    }

    protected void Return(ModelContact contact, string queue, string code, string reason)
    {
        var agentId = contact.Owner!;
        GaveBack(contact.Queue, handled: queue != contact.Queue);
        BackToLine(contact, queue);
        Changed(contact, code, null);
        Moved(contact, agentId, reason);
    }

    private void BackToLine(ModelContact contact, string queue)
    {
        Agents[contact.Owner!].IdleSince = Now;
        contact.Become(ContactStates.Waiting, null);
        var isAnother = contact.Queue != queue;
        (contact.Queue, contact.AcceptedAt, contact.GraceUntil, contact.LookAt, contact.Offer) = (queue, null, null, null, null);
        if (isAnother)
        {
            BeginOverflow(contact);
        }
    }

    protected void PassOver(ModelContact contact, string agentId)
    {
        contact.PassedUntil[agentId] = Now + RoutingRules.PassedOverFor;
        contact.Prefers = null;
        contact.PassTimers.Remove(agentId);
        contact.PassTimers.Add(agentId);
    }

    protected void Hold(ModelAgent agent, string connection)
    {
        if (!agent.IsConnected(Now))
        {
            agent.AbsentUntil = null;
            Contacts.Where(contact => contact.Owner == agent.Id).ToList().ForEach(contact => contact.GraceUntil = null);
        }

        agent.Leases[connection] = Now + RoutingRules.PresenceLease;
        agent.Dead.Remove(connection);
    }

    protected void Release(ModelAgent agent, string connection)
    {
        if (!agent.Leases.Remove(connection) || agent.IsConnected(Now) || agent.AbsentUntil is not null)
        {
            return;
        }

        var served = Contacts.Where(contact => contact.State == ContactStates.Active && contact.Owner == agent.Id).ToList();
        served.ForEach(contact => contact.GraceUntil = Now + site.FindQueue(contact.Queue)!.AgentGrace);
        agent.AbsentUntil = Now + agent.Queues.Concat(served.Select(contact => contact.Queue)).Max(queue => site.FindQueue(queue)!.AgentGrace);
    }

    protected void End(ModelOffer offer, string outcome)
    {
        offer.Outcome = outcome;
        if (outcome != Reasons.Accepted)
        {
            GaveBack(offer.Contact.Queue, handled: false);
        }

        Effects.Add($"offer-ended {offer.AgentId} {offer.Contact.Number} {outcome}");
    }

    protected void Close(ModelContact contact, string reason)
    {
        CountLeaving(contact, site.FindQueue(contact.Queue)!.AnswerWithin);
        var (serving, owner) = (contact.State == ContactStates.Active ? contact.Owner : null, contact.Owner);
        if (contact.State == ContactStates.Offered)
        {
            End(contact.Offer!, reason);
        }
        else if (serving is not null)
        {
            GaveBack(contact.Queue, handled: true);
        }

        contact.Become(ContactStates.Closed, serving);
        contact.End = $"{Now:HH:mm:ss.fff} {reason}";
        (contact.GraceUntil, contact.DueAt, contact.EntersAt, contact.SlotAt) = (null, null, null, null);
        (contact.SeenUntil, contact.CustomerAway, contact.LookAt) = (null, false, null);
        contact.PassTimers.Clear();
        if (owner is not null)
        {
            Agents[owner].IdleSince = Now;
        }

        Changed(contact, EventCodes.Ended, null);
        Moved(contact, serving, reason);
    }

    /// <summary>What never was a chat has no conversation to change.</summary>
    protected void Changed(ModelContact contact, string code, string? agentId)
    {
        if (contact.HasConversation)
        {
            Effects.Add($"changed {contact.Number} {contact.Fence} {code} {contact.State} {agentId ?? "-"}");
        }
    }

    protected void Moved(ModelContact contact, string? agentId, string? reason) =>
        Effects.Add($"moved {contact.Number} {contact.Fence} {contact.State} {agentId ?? "-"} {reason ?? "-"} {contact.Shown ?? "-"}");
}
