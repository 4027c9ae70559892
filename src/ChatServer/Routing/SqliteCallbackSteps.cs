using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>The rules of call-backs: being asked for, what came of a call, and their time coming.</summary>
internal static class SqliteCallbackSteps
{
    public static Outcome<Contact> Request(SqliteRoutingStep step, NewCallback wanted)
    {
        var siteId = step.Site.Id;
        var customerId = wanted.Customer.CustomerId;
        if (SqliteRequests.FindContactId(step.Session, siteId, customerId, wanted.RequestId, step.Now) is { } known)
        {
            return step.FindContact(known)!.Contact;
        }

        if (SqliteContactRows.FindOpenCallback(step.Session, siteId, wanted.Phone) is { } open)
        {
            if (open.Contact.Customer.CustomerId != customerId)
            {
                return RoutingRefusals.NumberTaken;
            }

            SqliteRequests.Remember(step.Session, siteId, customerId, wanted.RequestId, open.Contact.ContactId, step.Now);
            return open.Contact;
        }

        if (step.Site.FindTopic(wanted.Topic) is not { } topic)
        {
            return RoutingRefusals.UnknownTopic;
        }

        var queue = step.Site.SettingsOf(topic.Queue);
        if ((RefuseNew(step, queue, customerId) ?? RefuseTime(step, queue, wanted.When, exceptContactId: null)) is { } refusal)
        {
            return refusal;
        }

        var contact = step.Enqueue(wanted, queue);
        SqliteRequests.Remember(step.Session, siteId, customerId, wanted.RequestId, contact.ContactId, step.Now);
        step.MakeOffers();
        return step.FindContact(contact.ContactId)!.Contact;
    }

    public static Outcome<Contact> Reschedule(SqliteRoutingStep step, RescheduleCallbackCommand command)
    {
        if (step.FindContact(command.ContactId) is not { Contact.Kind: ContactKinds.Callback } row || row.Contact.Customer.CustomerId != command.CustomerId)
        {
            return RoutingRefusals.NotFound;
        }

        if (row.Contact.State is ContactStates.Active or ContactStates.Closed)
        {
            return RoutingRefusals.TooLateToMove;
        }

        var isScheduled = row.Contact.State == ContactStates.Scheduled;
        if (isScheduled ? row.Contact.Callback!.DueAt == command.When : command.When is null)
        {
            return row.Contact;
        }

        var queue = step.Site.SettingsOf(row.Contact.Queue);
        if (RefuseTime(step, queue, command.When, command.ContactId) is { } refusal)
        {
            return refusal;
        }

        if (command.When is { } when)
        {
            step.Reschedule(row, when, (queue.Callbacks ?? QueueCallbacks.None).Lead);
        }
        else
        {
            step.EnterLine(row, Reasons.Rescheduled);
        }

        step.MakeOffers();
        return step.FindContact(command.ContactId)!.Contact;
    }

    public static Outcome<Contact> Complete(SqliteRoutingStep step, CompleteCallbackCommand command)
    {
        var siteId = step.Site.Id;
        if (SqliteRequests.FindContactId(step.Session, siteId, command.AgentId, command.RequestId, step.Now) is { } known)
        {
            return step.FindContact(known)!.Contact;
        }

        if (step.FindContact(command.ContactId) is not { Contact.Callback: { } callback } row || row.ServedBy != command.AgentId)
        {
            return RoutingRefusals.NotFound;
        }

        if (row.Contact.State != ContactStates.Active)
        {
            return RoutingRefusals.NotActive;
        }

        var attempt = new CallAttempt(DateTimeOffset.FromUnixTimeMilliseconds(step.Now), command.Outcome, command.AgentId, command.Note);
        SqliteContactRows.SetAttempts(step.Session, command.ContactId, [.. callback.Attempts, attempt]);
        var rules = step.Site.SettingsOf(row.Contact.Queue).Callbacks ?? QueueCallbacks.None;
        if (command.Outcome is CallOutcomes.Reached or CallOutcomes.WrongNumber)
        {
            step.Close(row, command.Outcome, Roles.Agent, disposition: null);
        }
        else if (callback.Calls.Count() is var calls && calls < rules.RetryPauses.Count)
        {
            step.Postpone(row, step.Now + SqliteRoutingStep.Milliseconds(rules.RetryPauses[calls]), command.Outcome);
        }
        else
        {
            step.Close(row, Reasons.NotReached, Roles.Agent, disposition: null);
        }

        step.StartWrapUp(command.AgentId, row.Contact.Queue, rules.WrapUp);
        SqliteRequests.Remember(step.Session, siteId, command.AgentId, command.RequestId, command.ContactId, step.Now);
        step.MakeOffers();
        return step.FindContact(command.ContactId)!.Contact;
    }

    /// <summary>
    /// Into the line, or to the next opening by the queue's hours. While it is closed for now the contact waits in line: somebody may open it before the time that they said, and then it is called.
    /// </summary>
    public static void ComeDue(SqliteRoutingStep step, string contactId)
    {
        if (step.FindContact(contactId) is not { Contact.State: ContactStates.Scheduled } row)
        {
            return;
        }

        if (step.Site.SettingsOf(row.Contact.Queue).Hours.NextOpening(DateTimeOffset.FromUnixTimeMilliseconds(step.Now)) is { } opening)
        {
            step.PutOff(row, opening.ToUnixTimeMilliseconds());
        }
        else
        {
            step.EnterLine(row, Reasons.Due);
        }
    }

    public static Refusal? RefuseNew(SqliteRoutingStep step, QueueSettings queue, string customerId)
    {
        if (queue.Callbacks is null)
        {
            return RoutingRefusals.NoCallbacks;
        }

        if (SqliteContactRows.ListOpen(step.Session, step.Site.Id, customerId).Count(open => open.Contact.Kind == ContactKinds.Callback)
            >= step.Site.Callbacks.MaximumPerCustomer)
        {
            return RoutingRefusals.TooManyCallbacks;
        }

        return null;
    }

    /// <param name="when">Null for now.</param>
    /// <param name="exceptContactId">Which does not stand in its own way.</param>
    public static Refusal? RefuseTime(SqliteRoutingStep step, QueueSettings queue, DateTimeOffset? when, string? exceptContactId)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(step.Now);
        if (when is not null && !(queue.Callbacks ?? QueueCallbacks.None).IsTimeToChoose(when.Value, now))
        {
            return RoutingRefusals.BadTime;
        }

        if (!(when is { } time ? IsOpenAt(step, queue, time) : step.IsOpen(queue.Name)))
        {
            return RoutingRefusals.OutsideHours;
        }

        return when is { } chosen
            ? SqliteContactRows.CountSlot(step.Session, step.Site.Id, queue.Name, chosen.ToUnixTimeMilliseconds(), exceptContactId)
                >= (queue.Callbacks ?? QueueCallbacks.None).CallsPerSlot ? RoutingRefusals.SlotFull : null
            : SqliteRoutingViews.CountLine(step.Session, step.Site.Id, queue.Name) >= queue.MaximumLength ? RoutingRefusals.QueueFull : null;
    }

    /// <summary>When somebody will open what was closed until then, nobody knows: a time may be chosen.</summary>
    private static bool IsOpenAt(SqliteRoutingStep step, QueueSettings queue, DateTimeOffset time) =>
        queue.Hours.IsOpenAt(time) && !(time < SqliteClosures.Find(step.Session, step.Site.Id, queue.Name, step.Now)?.Until);
}
