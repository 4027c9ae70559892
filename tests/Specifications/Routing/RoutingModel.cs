using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// Routing of one site as plain lists, slow and obvious: what every engine's answers are compared with. Answers are texts (a refusal's code, or
/// what the result looks like), effects too.
/// </summary>
internal sealed class RoutingModel(Site site)
{
    private readonly Dictionary<(string Person, string Request), (ModelContact Contact, DateTimeOffset At)> _requests = [];

    /// <summary>All that ever came, by arrival.</summary>
    public List<ModelContact> Contacts { get; } = [];

    public List<ModelOffer> Offers { get; } = [];

    public SortedDictionary<string, ModelAgent> Agents { get; } = new(StringComparer.Ordinal);

    /// <summary>Of the last call.</summary>
    public List<string> Effects { get; } = [];

    public DateTimeOffset Now { get; private set; }

    public void Begin(DateTimeOffset now)
    {
        Now = now;
        Effects.Clear();
    }

    public string Enqueue(string customer, string topicId, string request)
    {
        if (Remembered(customer, request) is { } known)
        {
            return known.ToString();
        }

        if (Contacts.Find(contact => contact.Customer == customer && contact.IsOpen) is { } open)
        {
            _requests[(customer, request)] = (open, Now);
            return open.ToString();
        }

        if (site.FindTopic(topicId) is not { } topic)
        {
            return ErrorCodes.Invalid;
        }

        var queue = site.FindQueue(topic.Queue)!;
        if (!queue.Hours.IsOpenAt(Now))
        {
            return ErrorCodes.OutsideHours;
        }

        if (Line(queue.Name).Count() >= queue.MaximumLength)
        {
            return ErrorCodes.QueueFull;
        }

        var contact = new ModelContact(Contacts.Count, customer, Now) { Queue = queue.Name };
        Contacts.Add(contact);
        _requests[(customer, request)] = (contact, Now);
        Effects.Add($"opened {contact.Number}");
        Moved(contact, null, null);
        MakeOffers();
        return contact.ToString();
    }

    public string Connect(string id, int capacity, string[] queues, string connection)
    {
        if (!Agents.TryGetValue(id, out var agent))
        {
            Agents.Add(id, agent = new ModelAgent(id) { IdleSince = Now });
        }

        (agent.Capacity, agent.Queues) = (capacity, queues);
        Hold(agent, connection);
        MakeOffers();
        return Describe(agent);
    }

    public string Renew(string id, string connection)
    {
        if (Agents.TryGetValue(id, out var agent))
        {
            Hold(agent, connection);
        }

        MakeOffers();
        return "";
    }

    public string Disconnect(string id, string connection)
    {
        if (Agents.TryGetValue(id, out var agent))
        {
            Release(agent, connection);
        }

        MakeOffers();
        return "";
    }

    public string Restart()
    {
        foreach (var agent in Agents.Values)
        {
            foreach (var connection in agent.Leases.Keys.ToList())
            {
                Release(agent, connection);
            }
        }

        return "";
    }

    public string SetStatus(string id, string status)
    {
        if (!Agents.TryGetValue(id, out var agent))
        {
            return ErrorCodes.NotFound;
        }

        if (agent.Status != status)
        {
            agent.Status = status;
            agent.IdleSince = status == AgentStatuses.Available ? Now : agent.IdleSince;
        }

        if (status != AgentStatuses.Available && OpenOffer(id) is { } offer)
        {
            TakeBack(offer, Reasons.StatusChanged);
        }

        MakeOffers();
        return Describe(agent);
    }

    public string Accept(string agentId, ModelOffer? offer)
    {
        if (offer is null || offer.AgentId != agentId)
        {
            return ErrorCodes.Stale;
        }

        var contact = offer.Contact;
        if (contact.State == ContactStates.Active && contact.Offer == offer)
        {
            return contact.ToString();
        }

        if (offer.Outcome is not null || offer.ExpiresAt <= Now)
        {
            return ErrorCodes.Stale;
        }

        End(offer, Reasons.Accepted);
        var agent = Agents[agentId];
        contact.Become(ContactStates.Active, agentId);
        (contact.ServedBy, contact.AcceptedAt, agent.IdleSince) = (agentId, Now, Now);
        contact.GraceUntil = agent.IsConnected(Now) ? null : Now + site.FindQueue(contact.Queue)!.AgentGrace;
        Changed(contact, EventCodes.AgentJoined, agentId);
        Moved(contact, agentId, null);
        MakeOffers();
        return contact.ToString();
    }

    public string Decline(string agentId, ModelOffer? offer)
    {
        if (offer is null || offer.AgentId != agentId)
        {
            return ErrorCodes.Stale;
        }

        if (offer.Outcome == Reasons.Declined)
        {
            return "True";
        }

        if (offer.Outcome is not null || offer.ExpiresAt <= Now)
        {
            return ErrorCodes.Stale;
        }

        TakeBack(offer, Reasons.Declined);
        PassOver(offer.Contact, agentId);
        MakeOffers();
        return "True";
    }

    public string Transfer(string agentId, ModelContact? contact, string? queue, string? target, string request)
    {
        if (Remembered(agentId, request) is { } known)
        {
            return known.ToString();
        }

        if (contact?.ServedBy != agentId)
        {
            return ErrorCodes.NotFound;
        }

        if (contact.State != ContactStates.Active)
        {
            return ErrorCodes.Stale;
        }

        if (queue is null == target is null || target == agentId)
        {
            return ErrorCodes.Invalid;
        }

        if (queue is not null ? site.FindQueue(queue) is null : !Agents.ContainsKey(target!))
        {
            return ErrorCodes.NotFound;
        }

        if (target is not null && !IsFree(Agents[target], contact.Queue))
        {
            return ErrorCodes.Conflict;
        }

        Return(contact, queue ?? contact.Queue, EventCodes.Transferred, Reasons.Transferred);
        PassOver(contact, agentId);
        if (target is not null)
        {
            Offer(contact, target);
        }

        _requests[(agentId, request)] = (contact, Now);
        MakeOffers();
        return contact.ToString();
    }

    public string Close(ModelContact? contact, string role, string person)
    {
        var mayClose = contact is not null && (role == Roles.Customer
            ? contact.Customer == person
            : contact.Owner == person && contact.State is ContactStates.Active or ContactStates.Closed);
        if (!mayClose)
        {
            return ErrorCodes.NotFound;
        }

        if (contact!.State == ContactStates.Closed)
        {
            return contact.ToString();
        }

        var reason = role == Roles.Customer ? Reasons.EndedByCustomer : Reasons.EndedByAgent;
        var (serving, owner) = (contact.State == ContactStates.Active ? contact.Owner : null, contact.Owner);
        if (contact.State == ContactStates.Offered)
        {
            End(contact.Offer!, reason);
        }

        contact.Become(ContactStates.Closed, serving);
        contact.GraceUntil = null;
        contact.PassTimers.Clear();
        if (owner is not null)
        {
            Agents[owner].IdleSince = Now;
        }

        Changed(contact, EventCodes.Ended, null);
        Moved(contact, serving, reason);
        MakeOffers();
        return contact.ToString();
    }

    /// <summary>Everything that is due, and what becomes possible by it.</summary>
    public string Fire()
    {
        var fired = 0;
        foreach (var agent in Agents.Values)
        {
            foreach (var connection in agent.Leases.Where(lease => lease.Value <= Now).Select(lease => lease.Key).ToList())
            {
                Release(agent, connection);
                fired++;
            }

            if (agent.AbsentUntil <= Now)
            {
                (agent.AbsentUntil, agent.Status) = (null, AgentStatuses.Offline);
                fired++;
            }
        }

        foreach (var contact in Contacts)
        {
            fired += contact.PassTimers.RemoveAll(agent => contact.PassedUntil[agent] <= Now);
            if (contact.State == ContactStates.Offered && contact.Offer!.ExpiresAt <= Now)
            {
                var offer = contact.Offer;
                TakeBack(offer, Reasons.NotAnswered);
                PassOver(contact, offer.AgentId);
                fired++;
            }
            else if (contact.GraceUntil <= Now)
            {
                Return(contact, contact.Queue, EventCodes.AgentAway, Reasons.AgentGone);
                fired++;
            }
        }

        if (fired > 0)
        {
            MakeOffers();
        }

        return $"{fired} {NextDue():HH:mm:ss.fff}";
    }

    public DateTimeOffset? NextDue() =>
        Contacts.SelectMany(contact => contact.Timers()).Concat(Agents.Values.SelectMany(agent => agent.Timers())).Min();

    public IEnumerable<ModelContact> Line(string queue) => Contacts.Where(contact => contact.IsInLine && contact.Queue == queue);

    public ModelOffer? OpenOffer(string agentId) => Offers.Find(offer => offer.AgentId == agentId && offer.Outcome is null);

    public int Load(string agentId) =>
        Contacts.Count(contact => contact.Owner == agentId && contact.State is ContactStates.Offered or ContactStates.Active);

    public int AvailableFor(string queue) => Agents.Values.Count(agent =>
        agent.Queues.Contains(queue) && agent.Status == AgentStatuses.Available && Load(agent.Id) < agent.Capacity && agent.IsConnected(Now));

    public bool IsFree(ModelAgent agent, string queue) =>
        agent.IsConnected(Now)
        && agent.Status == AgentStatuses.Available
        && agent.Queues.Contains(queue)
        && Load(agent.Id) < agent.Capacity
        && OpenOffer(agent.Id) is null;

    /// <summary>Nobody waits while a matching agent is free.</summary>
    public bool HasUnmadeOffer() =>
        Contacts.Exists(contact => contact.State == ContactStates.Waiting && Agents.Values.Any(agent => Matches(agent, contact)));

    public string Describe(ModelAgent agent) => string.Join(
        ' ',
        agent.Id,
        agent.Status,
        agent.IsConnected(Now),
        agent.Capacity,
        Load(agent.Id),
        string.Join(',', agent.Queues),
        string.Join(',', Contacts.Where(contact => contact.State == ContactStates.Active && contact.Owner == agent.Id).Select(contact => contact.Number)),
        OpenOffer(agent.Id) is { } offer ? $"{offer.Contact.Number} {offer.ExpiresAt:HH:mm:ss.fff}" : "-");

    private bool Matches(ModelAgent agent, ModelContact contact) =>
        IsFree(agent, contact.Queue) && !(contact.PassedUntil.TryGetValue(agent.Id, out var until) && until > Now);

    private void MakeOffers()
    {
        while (Contacts.Find(contact => contact.State == ContactStates.Waiting && Agents.Values.Any(agent => Matches(agent, contact))) is { } oldest)
        {
            Offer(oldest, Agents.Values.Where(agent => Matches(agent, oldest))
                .OrderBy(agent => oldest.PassedUntil.ContainsKey(agent.Id))
                .ThenBy(agent => Load(agent.Id))
                .ThenBy(agent => agent.IdleSince)
                .ThenBy(agent => agent.Id, StringComparer.Ordinal)
                .First().Id);
        }
    }

    private void Offer(ModelContact contact, string agentId)
    {
        var offer = new ModelOffer(contact, agentId, Now + site.FindQueue(contact.Queue)!.AcceptTimeout);
        Offers.Add(offer);
        contact.Offer = offer;
        contact.Become(ContactStates.Offered, agentId);
        Agents[agentId].IdleSince = Now;
        Moved(contact, null, null);
        Effects.Add($"offer {agentId} {contact.Number}");
    }

    private void TakeBack(ModelOffer offer, string reason)
    {
        End(offer, reason);
        BackToLine(offer.Contact, offer.Contact.Queue);
        Moved(offer.Contact, null, reason);
    }

    private void Return(ModelContact contact, string queue, string code, string reason)
    {
        var agentId = contact.Owner!;
        BackToLine(contact, queue);
        Changed(contact, code, null);
        Moved(contact, agentId, reason);
    }

    private void BackToLine(ModelContact contact, string queue)
    {
        Agents[contact.Owner!].IdleSince = Now;
        contact.Become(ContactStates.Waiting, null);
        (contact.Queue, contact.AcceptedAt, contact.GraceUntil, contact.Offer) = (queue, null, null, null);
    }

    private void PassOver(ModelContact contact, string agentId)
    {
        contact.PassedUntil[agentId] = Now + RoutingRules.PassedOverFor;
        contact.PassTimers.Remove(agentId);
        contact.PassTimers.Add(agentId);
    }

    private void Hold(ModelAgent agent, string connection)
    {
        if (!agent.IsConnected(Now))
        {
            agent.AbsentUntil = null;
            Contacts.Where(contact => contact.Owner == agent.Id).ToList().ForEach(contact => contact.GraceUntil = null);
        }

        agent.Leases[connection] = Now + RoutingRules.PresenceLease;
    }

    private void Release(ModelAgent agent, string connection)
    {
        if (!agent.Leases.Remove(connection) || agent.IsConnected(Now) || agent.AbsentUntil is not null)
        {
            return;
        }

        var served = Contacts.Where(contact => contact.State == ContactStates.Active && contact.Owner == agent.Id).ToList();
        served.ForEach(contact => contact.GraceUntil = Now + site.FindQueue(contact.Queue)!.AgentGrace);
        agent.AbsentUntil = Now + agent.Queues.Concat(served.Select(contact => contact.Queue)).Max(queue => site.FindQueue(queue)!.AgentGrace);
    }

    private void End(ModelOffer offer, string outcome)
    {
        offer.Outcome = outcome;
        Effects.Add($"offer-ended {offer.AgentId} {offer.Contact.Number} {outcome}");
    }

    private void Changed(ModelContact contact, string code, string? agentId) =>
        Effects.Add($"changed {contact.Number} {contact.Fence} {code} {contact.State} {agentId ?? "-"}");

    private void Moved(ModelContact contact, string? agentId, string? reason) =>
        Effects.Add($"moved {contact.Number} {contact.Fence} {contact.State} {agentId ?? "-"} {reason ?? "-"}");

    private ModelContact? Remembered(string person, string request) =>
        _requests.TryGetValue((person, request), out var known) && known.At >= Now - Limits.RequestMemory ? known.Contact : null;
}
