using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>What time alone does.</summary>
internal sealed partial class RoutingModel
{
    private void Miss(ModelAgent agent)
    {
        agent.Missed++;
        if (agent.Missed >= Site.MissedOffers && agent.Status == AgentStatuses.Available && agent.IsConnected(Now))
        {
            (agent.Status, agent.Missed) = (AgentStatuses.Away, 0);
            Effects.Add($"status {agent.Id} {AgentStatuses.Away} {Reasons.MissedOffers}");
        }
    }

    /// <summary>Everything that is due, and what becomes possible by it.</summary>
    public string Fire()
    {
        var fired = EndCustomerLeases();
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

            if (agent.WrapUpUntil <= Now)
            {
                EndWrapUp(agent);
                fired++;
            }
        }

        // After the leases: the end of the last one, which is due before any grace, begins the grace anew.
        fired += LookAtTheSilent();
        foreach (var contact in Contacts)
        {
            fired += contact.PassTimers.RemoveAll(agent => contact.PassedUntil[agent] <= Now);
            if (contact.State == ContactStates.Offered && contact.Offer!.ExpiresAt <= Now)
            {
                var offer = contact.Offer;
                TakeBack(offer, Reasons.NotAnswered);
                PassOver(contact, offer.AgentId);
                Miss(Agents[offer.AgentId]);
                fired++;
            }
            else if (contact.GraceUntil <= Now)
            {
                Return(contact, contact.Queue, EventCodes.AgentAway, Reasons.AgentGone);
                fired++;
            }
        }

        // What is due first comes first: who goes to another queue waits for nobody alone any more.
        fired += FirePreferences(contact => contact.OverflowAt is null || contact.PrefersUntil < contact.OverflowAt);
        fired += FireOverflow();
        fired += FirePreferences(_ => true);
        foreach (var contact in Contacts.Where(contact => contact.EntersAt <= Now).OrderBy(contact => contact.EntersAt).ToList())
        {
            ComeDue(contact);
            fired++;
        }

        foreach (var queue in Openings.Where(opening => opening.Value <= Now).Select(opening => opening.Key).ToList())
        {
            Openings.Remove(queue);
            fired++;
        }

        if (fired > 0)
        {
            MakeOffers();
        }

        return $"{fired} {NextDue():HH:mm:ss.fff}";
    }
}
