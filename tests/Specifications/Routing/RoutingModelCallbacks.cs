using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>The model's call-backs.</summary>
internal abstract partial class RoutingModelCallbacks(Site site) : RoutingModelClosures(site)
{
    public string RequestCallback(string customer, string topicId, string phone, string request, DateTimeOffset? when)
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

        if (HasTooManyCallbacks(customer))
        {
            return ErrorCodes.Conflict;
        }

        if (RefuseTime(queue, when, null) is { } refusal)
        {
            return refusal;
        }

        var contact = new ModelContact(Contacts.Count, customer)
        {
            Queue = queue.Name,
            Phone = phone,
            ArrivedAt = Now,
            HeadStart = HeadStartOf(queue, topicId, customer),
        };
        if (when is null)
        {
            contact.Stamp = TakeStamp();
        }
        else
        {
            contact.BeginScheduled();
            Schedule(contact, when.Value);
        }

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
            contact.DueAt = contact.EntersAt = Now + rules.RetryPauses[contact.Attempts.Count - 1];
            (contact.AcceptedAt, contact.GraceUntil, contact.Offer, Agents[agentId].IdleSince) = (null, null, null, Now);
            GaveBack(contact.Queue, handled: false);
            Changed(contact, EventCodes.CallFailed, null);
            Moved(contact, agentId, outcome);
        }
        else
        {
            Close(contact, Reasons.NotReached);
        }

        StartWrapUp(Agents[agentId], contact.Queue, rules.WrapUp);
        MakeOffers();
        return Remember(agentId, request, contact);
    }

    protected void ComeDue(ModelContact contact)
    {
        if (Site.FindQueue(contact.Queue)!.Hours.NextOpening(Now) is { } opening)
        {
            contact.DueAt = contact.EntersAt = opening;
            Moved(contact, null, null);
            return;
        }

        if (contact.Stamp is null)
        {
            contact.Stamp = TakeStampFor(contact.ArrivedAt, contact.HeadStart);
            CountHeadStart(contact);
        }

        EnterLine(contact, Reasons.Due);
    }

    public string RescheduleCallback(string customer, ModelContact? contact, DateTimeOffset? when)
    {
        if (contact is not { IsCallback: true } || contact.Customer != customer)
        {
            return ErrorCodes.NotFound;
        }

        if (contact.State is ContactStates.Active or ContactStates.Closed)
        {
            return ErrorCodes.Conflict;
        }

        if (contact.DueAt == when)
        {
            return contact.ToString();
        }

        if (RefuseTime(Site.FindQueue(contact.Queue)!, when, contact) is { } refusal)
        {
            return refusal;
        }

        if (when is not null)
        {
            Become(contact, ContactStates.Scheduled, Reasons.Rescheduled);
            Schedule(contact, when.Value);
            Moved(contact, null, Reasons.Rescheduled);
        }
        else
        {
            TakePlaceNow(contact);
            EnterLine(contact, Reasons.Rescheduled);
        }

        MakeOffers();
        return contact.ToString();
    }

    /// <summary>An open offer ends on the way.</summary>
    private void Become(ModelContact contact, string state, string reason)
    {
        if (contact.State == ContactStates.Offered)
        {
            End(contact.Offer!, reason);
            Agents[contact.Owner!].IdleSince = Now;
        }

        contact.Become(state, null);
        contact.Offer = null;
    }

    private void TakePlaceNow(ModelContact contact)
    {
        if (contact.Stamp is null)
        {
            (contact.ArrivedAt, contact.Stamp) = (Now, TakeStamp());
            CountHeadStart(contact);
        }
    }

    private bool HasTooManyCallbacks(string customer) =>
        Contacts.Count(contact => contact.IsCallback && contact.IsOpen && contact.Customer == customer) >= Site.Callbacks.MaximumPerCustomer;

    public int CountSlot(string queue, DateTimeOffset slot) => Contacts.Count(contact => contact.Queue == queue && contact.SlotAt == slot);

    private string? RefuseTime(QueueSettings queue, DateTimeOffset? when, ModelContact? except)
    {
        var rules = CallRules(queue.Name);
        if (when is { } chosen && (chosen.ToUnixTimeMilliseconds() % rules.SlotLength.TotalMilliseconds != 0 || chosen - rules.Lead <= Now || chosen > Now.AddDays(rules.DaysAhead)))
        {
            return ErrorCodes.Invalid;
        }

        var isOpen = when is { } time
            ? queue.Hours.IsOpenAt(time) && !(IsClosedForNow(queue.Name, out var end) && time < end)
            : !IsClosed(queue.Name);
        if (!isOpen)
        {
            return ErrorCodes.OutsideHours;
        }

        var isFull = when is { } slot
            ? CountSlot(queue.Name, slot) - (except?.SlotAt == slot ? 1 : 0) >= rules.CallsPerSlot
            : Line(queue.Name).Count() >= queue.MaximumLength;
        return isFull ? ErrorCodes.QueueFull : null;
    }

    private void Schedule(ModelContact contact, DateTimeOffset when)
    {
        contact.Prefers = null;
        (contact.DueAt, contact.SlotAt, contact.EntersAt, contact.Shown) = (when, when, when - CallRules(contact.Queue).Lead, null);
        contact.ArrivedAt = contact.Stamp is null ? contact.EntersAt.Value : contact.ArrivedAt;
    }

    private void EnterLine(ModelContact contact, string reason)
    {
        contact.Become(ContactStates.Waiting, null);
        (contact.DueAt, contact.EntersAt, contact.SlotAt) = (null, null, null);
        ComeToLine(contact);
        Moved(contact, null, reason);
    }
}
