using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>Contacts that become another kind, or go to another queue, from the place that they have.</summary>
internal abstract partial class RoutingModelCallbacks
{
    public string SwitchToCallback(string customer, ModelContact? contact, string phone, DateTimeOffset? when, string request)
    {
        if (Remembered(customer, request) is { } known)
        {
            return known.ToString();
        }

        if (contact?.Customer != customer)
        {
            return ErrorCodes.NotFound;
        }

        if (contact.Phone == phone && contact.State is not (ContactStates.Active or ContactStates.Closed))
        {
            return contact.ToString();
        }

        if (contact.IsCallback
            || contact.State is ContactStates.Active or ContactStates.Closed
            || Contacts.Exists(other => other.IsOpen && other.Phone == phone))
        {
            return ErrorCodes.Conflict;
        }

        if (Site.FindQueue(contact.Queue) is not { Callbacks: not null } queue)
        {
            return ErrorCodes.Invalid;
        }

        if (HasTooManyCallbacks(customer))
        {
            return ErrorCodes.Conflict;
        }

        if (RefuseTime(when is null ? queue with { MaximumLength = int.MaxValue } : queue, when, null) is { } refusal)
        {
            return refusal;
        }

        Become(contact, when is null ? ContactStates.Waiting : ContactStates.Scheduled, Reasons.Switched);
        (contact.Phone, contact.SeenUntil, contact.CustomerAway) = (phone, null, false);
        if (when is not null)
        {
            Schedule(contact, when.Value);
        }

        return Switched(contact, request);
    }

    public string SwitchToChat(string customer, ModelContact? contact, string request)
    {
        if (Remembered(customer, request) is { } known)
        {
            return known.ToString();
        }

        if (contact?.Customer != customer)
        {
            return ErrorCodes.NotFound;
        }

        if (!contact.IsCallback)
        {
            return contact.ToString();
        }

        if (contact.State is ContactStates.Active or ContactStates.Closed
            || Contacts.Exists(other => other.IsOpen && !other.IsCallback && other.Customer == customer))
        {
            return ErrorCodes.Conflict;
        }

        if (IsClosed(contact.Queue))
        {
            return ErrorCodes.OutsideHours;
        }

        if (contact.State == ContactStates.Scheduled && Line(contact.Queue).Count() >= Site.FindQueue(contact.Queue)!.MaximumLength)
        {
            return ErrorCodes.QueueFull;
        }

        var comes = contact.State == ContactStates.Scheduled;
        Become(contact, ContactStates.Waiting, Reasons.Switched);
        TakePlaceNow(contact);
        (contact.Phone, contact.DueAt, contact.EntersAt, contact.SlotAt) = (null, null, null, null);
        contact.Attempts.Clear();
        if (comes)
        {
            ComeToLine(contact);
        }

        return Switched(contact, request);
    }

    public string MoveContact(ModelContact? contact, string queue)
    {
        if (contact is null || Site.FindQueue(queue) is not { } to)
        {
            return ErrorCodes.NotFound;
        }

        if (contact.State is ContactStates.Active or ContactStates.Closed)
        {
            return ErrorCodes.Conflict;
        }

        if (contact.IsCallback && to.Callbacks is null)
        {
            return ErrorCodes.Invalid;
        }

        var isElsewhere = contact.Queue != queue;
        if (isElsewhere)
        {
            Become(contact, contact.State == ContactStates.Scheduled ? ContactStates.Scheduled : ContactStates.Waiting, Reasons.Moved);
            contact.Queue = queue;
            if (contact.State == ContactStates.Waiting)
            {
                contact.Prefers = null;
                BeginOverflow(contact);
            }

            Moved(contact, null, Reasons.Moved);
        }

        MakeOffers();
        return isElsewhere.ToString();
    }

    private string Switched(ModelContact contact, string request)
    {
        Changed(contact, EventCodes.Switched, null);
        if (!contact.HasConversation)
        {
            contact.HasConversation = true;
            Effects.Add($"opened {contact.Number}");
        }

        Moved(contact, null, Reasons.Switched);
        MakeOffers();
        return Remember(contact.Customer, request, contact);
    }
}
