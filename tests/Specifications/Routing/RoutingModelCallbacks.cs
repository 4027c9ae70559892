using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>The model's call-backs.</summary>
internal abstract class RoutingModelCallbacks(Site site) : RoutingModelSteps(site)
{
    public string RequestCallback(string customer, string topicId, string phone, string request)
    {
        if (Remembered(customer, request) is { } known)
        {
            return known.ToString();
        }

        if (Contacts.Find(contact => contact.Phone == phone && contact.IsOpen) is { } open)
        {
            return open.Customer == customer ? Remember(customer, request, open) : ErrorCodes.Conflict;
        }

        if (Site.FindTopic(topicId) is not { } topic || Site.FindQueue(topic.Queue) is not { Callbacks: not null } queue)
        {
            return ErrorCodes.Invalid;
        }

        if (Contacts.Count(contact => contact.IsCallback && contact.IsOpen && contact.Customer == customer) >= Site.Callbacks.MaximumPerCustomer)
        {
            return ErrorCodes.Conflict;
        }

        if (IsClosed(queue.Name))
        {
            return ErrorCodes.OutsideHours;
        }

        if (Line(queue.Name).Count() >= queue.MaximumLength)
        {
            return ErrorCodes.QueueFull;
        }

        var contact = new ModelContact(Contacts.Count, customer, Now, TakeStamp()) { Queue = queue.Name, Phone = phone };
        Enter(contact);
        return Remember(customer, request, contact);
    }

    public string CompleteCallback(string agentId, ModelContact? contact, string outcome, string request)
    {
        if (Remembered(agentId, request) is { } known)
        {
            return known.ToString();
        }

        if (contact is not { IsCallback: true } || contact.ServedBy != agentId)
        {
            return ErrorCodes.NotFound;
        }

        if (contact.State != ContactStates.Active)
        {
            return ErrorCodes.Stale;
        }

        var rules = CallRules(contact.Queue);
        contact.Attempts.Add($"{Now:HH:mm:ss.fff} {outcome} {agentId}");
        if (outcome is CallOutcomes.Reached or CallOutcomes.WrongNumber)
        {
            Close(contact, outcome);
        }
        else if (contact.Attempts.Count <= rules.RetryPauses.Count)
        {
            contact.Become(ContactStates.Scheduled, null);
            contact.DueAt = Now + rules.RetryPauses[contact.Attempts.Count - 1];
            (contact.AcceptedAt, contact.GraceUntil, contact.Offer, Agents[agentId].IdleSince) = (null, null, null, Now);
            Moved(contact, agentId, outcome);
        }
        else
        {
            Close(contact, Reasons.NotReached);
        }

        Agents[agentId].WrapUpUntil = rules.WrapUp > TimeSpan.Zero ? Now + rules.WrapUp : Agents[agentId].WrapUpUntil;
        MakeOffers();
        return Remember(agentId, request, contact);
    }

    protected void ComeDue(ModelContact contact)
    {
        if (IsClosed(contact.Queue))
        {
            contact.DueAt = NextOpening(contact.Queue);
            Moved(contact, null, null);
            return;
        }

        contact.Become(ContactStates.Waiting, null);
        contact.DueAt = null;
        Moved(contact, null, Reasons.Due);
    }
}
