using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>The rules of the calls by an agent, and of the timers that stand in for calls that did not come.</summary>
internal static class SqliteAgentSteps
{
    public static Outcome<Agent> SetStatus(SqliteRoutingStep step, string agentId, string status)
    {
        var siteId = step.Site.Id;
        if (SqliteAgentRows.Find(step.Session, siteId, agentId) is not { } agent)
        {
            return RoutingRefusals.NotFound;
        }

        step.EndWrapUp(agent);
        SqliteAgentRows.ForgetMissed(step.Session, siteId, agentId);
        if (agent.Status != status)
        {
            SqliteAgentRows.SetStatus(step.Session, siteId, agentId, status);
            step.MarkChanged();
            if (status == AgentStatuses.Available)
            {
                SqliteAgentRows.SetIdleSince(step.Session, siteId, agentId, step.Now);
            }
        }

        if (status != AgentStatuses.Available && SqliteContactRows.FindOffered(step.Session, siteId, agentId) is { } offered)
        {
            step.TakeOfferBack(offered, Reasons.StatusChanged);
        }

        step.MakeOffers();
        return SqliteRoutingViews.FindAgent(step.Session, siteId, agentId, step.Now)!;
    }

    public static Outcome<Contact> Accept(SqliteRoutingStep step, string agentId, string offerId)
    {
        if (SqliteOfferRows.Find(step.Session, step.Site.Id, offerId) is not { } offer || offer.AgentId != agentId)
        {
            return RoutingRefusals.OfferGone;
        }

        var row = step.FindContact(offer.ContactId)!;
        if (row.Contact.State == ContactStates.Active && row.OfferId == offerId)
        {
            return row.Contact;
        }

        if (offer.Outcome is not null || offer.ExpiresAt <= step.Now)
        {
            return RoutingRefusals.OfferGone;
        }

        SqliteAgentRows.ForgetMissed(step.Session, step.Site.Id, agentId);
        var contact = step.Accept(row, SqliteAgentRows.Find(step.Session, step.Site.Id, agentId)!);
        // The open offer alone kept them from matching others.
        step.MakeOffers();
        return contact;
    }

    public static Outcome<bool> Decline(SqliteRoutingStep step, string agentId, string offerId)
    {
        if (SqliteOfferRows.Find(step.Session, step.Site.Id, offerId) is not { } offer || offer.AgentId != agentId)
        {
            return RoutingRefusals.OfferGone;
        }

        if (offer.Outcome == Reasons.Declined)
        {
            return true;
        }

        if (offer.Outcome is not null || offer.ExpiresAt <= step.Now)
        {
            return RoutingRefusals.OfferGone;
        }

        SqliteAgentRows.ForgetMissed(step.Session, step.Site.Id, agentId);
        GiveBack(step, step.FindContact(offer.ContactId)!, Reasons.Declined);
        step.MakeOffers();
        return true;
    }

    /// <summary>Claims and carries out due timers, the earliest first; answers how many there were.</summary>
    public static int FireDue(SqliteRoutingStep step, int limit)
    {
        var count = 0;
        while (count < limit && SqliteTimers.ListDue(step.Session, step.Site.Id, step.Now, limit - count) is { Count: > 0 } due)
        {
            // One by one: what one of them does may cancel the next.
            foreach (var listed in due)
            {
                if (SqliteTimers.Claim(step.Session, step.Site.Id, listed, step.Now) is { } timer)
                {
                    Fire(step, timer);
                    count++;
                }
            }
        }

        return count;
    }

    private static void Fire(SqliteRoutingStep step, SqliteTimer timer)
    {
        switch (timer.Kind)
        {
            case SqliteTimerKinds.Offer:
                if (step.FindContact(timer.Subject) is { } row
                    && row.Contact.State == ContactStates.Offered
                    && row.Contact.Fence == timer.Fence)
                {
                    GiveBack(step, row, Reasons.NotAnswered);
                    Miss(step, timer.AgentId);
                }

                break;
            case SqliteTimerKinds.Grace:
                SqlitePresence.EndGrace(step, timer);
                break;
            case SqliteTimerKinds.Absence:
                SqlitePresence.EndAbsence(step, timer.AgentId);
                break;
            case SqliteTimerKinds.Inactivity:
                SqliteInactivity.ComeDue(step, timer);
                break;
            case SqliteTimerKinds.Lease:
                SqlitePresence.Release(step, new AgentConnection(timer.AgentId, timer.Subject));
                break;
            case SqliteTimerKinds.WrapUp:
                step.EndWrapUp(SqliteAgentRows.Find(step.Session, step.Site.Id, timer.AgentId)!);
                break;
            case SqliteTimerKinds.Dial:
                SqliteCallSteps.Fire(step, timer);
                break;
            case SqliteTimerKinds.Customer:
                SqliteCustomerPresence.EndLease(step, timer.Subject);
                break;
            case SqliteTimerKinds.Due:
                SqliteCallbackSteps.ComeDue(step, timer.Subject);
                break;
            case SqliteTimerKinds.Opening:
                // What agents are shown of the queue; and the offers, as below.
                step.MarkChanged();
                break;
            case SqliteTimerKinds.Preferred:
                SqlitePreference.End(step, timer.Subject);
                break;
            case SqliteTimerKinds.Overflow:
                SqliteOverflow.Fire(step, timer.Subject);
                break;
            case SqliteTimerKinds.PassedOver:
                // Nothing but the offers that it makes possible, with which every step ends.
                break;
            default:
                throw new InvalidOperationException($"No such timer: {timer.Kind}");
        }
    }

    /// <summary>Who seems not to be there is away, and is told. Who is not connected has their grace.</summary>
    private static void Miss(SqliteRoutingStep step, string agentId)
    {
        var missed = SqliteAgentRows.CountMissed(step.Session, step.Site.Id, agentId);
        if (step.Site.MissedOffers > 0
            && missed >= step.Site.MissedOffers
            && SqliteAgentRows.Find(step.Session, step.Site.Id, agentId) is { Status: AgentStatuses.Available } agent
            && agent.ConnectedUntil > step.Now)
        {
            SqliteAgentRows.ForgetMissed(step.Session, step.Site.Id, agentId);
            step.SetAway(agentId, Reasons.MissedOffers);
        }
    }

    private static void GiveBack(SqliteRoutingStep step, SqliteContactRow row, string reason)
    {
        step.TakeOfferBack(row, reason);
        step.PassOver(row.Contact.ContactId, row.Contact.Agent!.AgentId);
    }
}
