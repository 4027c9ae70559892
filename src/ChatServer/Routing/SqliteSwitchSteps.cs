using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>The rules of making a call-back of a chat, and the other way.</summary>
internal static class SqliteSwitchSteps
{
    public static Outcome<Contact> ToCallback(SqliteRoutingStep step, SwitchToCallbackCommand command)
    {
        if (Known(step, command.CustomerId, command.RequestId) is { } known)
        {
            return known;
        }

        if (step.FindContact(command.ContactId) is not { } row || row.Contact.Customer.CustomerId != command.CustomerId)
        {
            return RoutingRefusals.NotFound;
        }

        var contact = row.Contact;
        if (contact.State is ContactStates.Active or ContactStates.Closed)
        {
            return RoutingRefusals.TooLateToSwitch;
        }

        if (SqliteContactRows.FindOpenCallback(step.Session, step.Site.Id, command.Phone) is { } open)
        {
            return open.Contact.ContactId == command.ContactId ? contact : RoutingRefusals.NumberTaken;
        }

        if (contact.Kind == ContactKinds.Callback)
        {
            return RoutingRefusals.OtherNumber;
        }

        var queue = step.Site.SettingsOf(contact.Queue);
        if ((SqliteCallbackSteps.RefuseNew(step, queue, command.CustomerId) ?? RefuseTime(step, contact, command)) is { } refusal)
        {
            return refusal;
        }

        step.SwitchToCallback(row, command, queue.Callbacks!.Lead);
        return Finish(step, command.CustomerId, command.RequestId, command.ContactId);
    }

    public static Outcome<Contact> ToChat(SqliteRoutingStep step, SwitchToChatCommand command)
    {
        if (Known(step, command.CustomerId, command.RequestId) is { } known)
        {
            return known;
        }

        if (step.FindContact(command.ContactId) is not { } row || row.Contact.Customer.CustomerId != command.CustomerId)
        {
            return RoutingRefusals.NotFound;
        }

        var contact = row.Contact;
        if (contact.Kind == ContactKinds.Chat)
        {
            return contact;
        }

        if (contact.State is ContactStates.Active or ContactStates.Closed)
        {
            return RoutingRefusals.TooLateToSwitch;
        }

        if (SqliteContactRows.ListOpen(step.Session, step.Site.Id, command.CustomerId).Exists(open => open.Contact.Kind == ContactKinds.Chat))
        {
            return RoutingRefusals.ChatIsOpen;
        }

        var queue = step.Site.SettingsOf(contact.Queue);
        if (!step.IsOpen(queue.Name))
        {
            return RoutingRefusals.OutsideHours;
        }

        if (contact.State == ContactStates.Scheduled
            && SqliteRoutingViews.CountLine(step.Session, step.Site.Id, queue.Name) >= queue.MaximumLength)
        {
            return RoutingRefusals.QueueFull;
        }

        step.SwitchToChat(row);
        return Finish(step, command.CustomerId, command.RequestId, command.ContactId);
    }

    /// <summary>The chat is in line already, so for now its length does not matter.</summary>
    private static Refusal? RefuseTime(SqliteRoutingStep step, Contact contact, SwitchToCallbackCommand command)
    {
        var queue = step.Site.SettingsOf(contact.Queue);
        return SqliteCallbackSteps.RefuseTime(
            step, command.When is null ? queue with { MaximumLength = int.MaxValue } : queue, command.When, command.ContactId);
    }

    private static Contact? Known(SqliteRoutingStep step, string customerId, string requestId) =>
        SqliteRequests.FindContactId(step.Session, step.Site.Id, customerId, requestId, step.Now) is { } known ? step.FindContact(known)!.Contact : null;

    private static Contact Finish(SqliteRoutingStep step, string customerId, string requestId, string contactId)
    {
        SqliteRequests.Remember(step.Session, step.Site.Id, customerId, requestId, contactId, step.Now);
        step.MakeOffers();
        return step.FindContact(contactId)!.Contact;
    }
}
