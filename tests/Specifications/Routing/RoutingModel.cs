using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>
/// Routing of one site as plain lists, slow and obvious: what every engine's answers are compared with. Answers are texts (a refusal's code, or
/// what the result looks like), effects too.
/// </summary>
internal sealed partial class RoutingModel(Site site) : RoutingModelCustomers(site)
{
    public string Enqueue(string customer, string topicId, string request)
    {
        if (Remembered(customer, request) is { } known)
        {
            return known.ToString();
        }

        if (Contacts.Find(contact => contact.Customer == customer && contact.IsOpen && !contact.IsCallback) is { } open)
        {
            return Remember(customer, request, open);
        }

        if (Site.FindTopic(topicId) is not { } topic)
        {
            return ErrorCodes.Invalid;
        }

        var queue = Site.FindQueue(topic.Queue)!;
        if (IsClosed(queue.Name))
        {
            return ErrorCodes.OutsideHours;
        }

        if (Line(queue.Name).Count() >= queue.MaximumLength)
        {
            return ErrorCodes.QueueFull;
        }

        var contact = new ModelContact(Contacts.Count, customer)
        {
            Queue = queue.Name,
            ArrivedAt = Now,
            Stamp = TakeStamp(),
            HeadStart = HeadStartOf(queue, topicId, customer),
        };
        Enter(contact);
        return Remember(customer, request, contact);
    }

    public string Connect(string id, int capacity, string[] queues, string connection)
    {
        if (!Agents.TryGetValue(id, out var agent))
        {
            Agents.Add(id, agent = new ModelAgent(id) { IdleSince = Now });
        }

        var skills = queues.Select(AgentSkill.Parse).ToList();
        (agent.Capacity, agent.Queues) = (capacity, [.. skills.Select(skill => skill.Queue)]);
        agent.Levels = skills.ToDictionary(skill => skill.Queue, skill => skill.Level);
        Hold(agent, connection);
        MakeOffers();
        return Describe(agent);
    }

    public string Renew((string Agent, string Connection)[] connections)
    {
        if (connections.Length == 0)
        {
            return "";
        }

        foreach (var (id, connection) in connections)
        {
            if (Agents.TryGetValue(id, out var agent))
            {
                Hold(agent, connection);
            }
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

        MakeOffers();
        return "";
    }

    /// <summary>Nobody notices until leases run out.</summary>
    public string Die()
    {
        foreach (var agent in Agents.Values)
        {
            agent.Dead.UnionWith(agent.Leases.Keys);
        }

        return "";
    }

    public string SetStatus(string id, string status)
    {
        if (!Agents.TryGetValue(id, out var agent))
        {
            return ErrorCodes.NotFound;
        }

        EndWrapUp(agent);
        agent.Missed = 0;
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
        CountTaking(contact, Site.FindQueue(contact.Queue)!.AnswerWithin);
        var agent = Agents[agentId];
        contact.Become(ContactStates.Active, agentId);
        (contact.ServedBy, contact.AcceptedAt, agent.IdleSince, agent.Missed) = (agentId, Now, Now, 0);
        contact.GraceUntil = agent.IsConnected(Now) ? null : Now + Site.FindQueue(contact.Queue)!.AgentGrace;
        RememberAgent(contact, agentId);
        WatchInactivity(contact);
        Changed(contact, EventCodes.AgentJoined, agentId);
        Moved(contact, agentId, null);
        contact.Shown = null;
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

        Agents[agentId].Missed = 0;
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

        if (queue is not null ? Site.FindQueue(queue) is null : !Agents.ContainsKey(target!))
        {
            return ErrorCodes.NotFound;
        }

        if (target is not null && !IsFree(Agents[target], contact))
        {
            return ErrorCodes.Conflict;
        }

        Return(contact, queue ?? contact.Queue, EventCodes.Transferred, Reasons.Transferred);
        PassOver(contact, agentId);
        if (target is not null)
        {
            Offer(contact, target);
        }

        MakeOffers();
        return Remember(agentId, request, contact);
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

        if (contact is { IsCallback: true, State: ContactStates.Active })
        {
            return ErrorCodes.Conflict;
        }

        Close(contact, role == Roles.Customer ? Reasons.EndedByCustomer : Reasons.EndedByAgent);
        MakeOffers();
        return contact.ToString();
    }
}
