using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>The rules of the calls about a contact: coming in, being passed on, ending.</summary>
internal static class SqliteContactSteps
{
    public static Outcome<Contact> Enqueue(SqliteRoutingStep step, NewContact wanted)
    {
        var siteId = step.Site.Id;
        var customerId = wanted.Customer.CustomerId;
        if (SqliteRequests.FindContactId(step.Session, siteId, customerId, wanted.RequestId, step.Now) is { } known)
        {
            return step.FindContact(known)!.Contact;
        }

        if (SqliteContactRows.ListOpen(step.Session, siteId, customerId).Find(row => row.Contact.Kind == ContactKinds.Chat) is { } open)
        {
            SqliteRequests.Remember(step.Session, siteId, customerId, wanted.RequestId, open.Contact.ContactId, step.Now);
            return open.Contact;
        }

        if (step.Site.FindTopic(wanted.Topic) is not { } topic)
        {
            return RoutingRefusals.UnknownTopic;
        }

        var queue = step.Site.SettingsOf(topic.Queue);
        if (!step.IsOpen(queue.Name))
        {
            return RoutingRefusals.OutsideHours;
        }

        if (SqliteRoutingViews.CountLine(step.Session, siteId, queue.Name) >= queue.MaximumLength)
        {
            return RoutingRefusals.QueueFull;
        }

        var contact = step.Enqueue(wanted, queue);
        SqliteRequests.Remember(step.Session, siteId, customerId, wanted.RequestId, contact.ContactId, step.Now);
        step.MakeOffers();
        return step.FindContact(contact.ContactId)!.Contact;
    }

    public static Outcome<Contact> Transfer(SqliteRoutingStep step, TransferCommand command)
    {
        var siteId = step.Site.Id;
        if (SqliteRequests.FindContactId(step.Session, siteId, command.AgentId, command.RequestId, step.Now) is { } known)
        {
            return step.FindContact(known)!.Contact;
        }

        if (step.FindContact(command.ContactId) is not { } row || row.ServedBy != command.AgentId)
        {
            return RoutingRefusals.NotFound;
        }

        if (row.Contact.State != ContactStates.Active)
        {
            return RoutingRefusals.NotActive;
        }

        if (RefuseTarget(step, command, row.Contact) is { } refusal)
        {
            return refusal;
        }

        KeepNote(step, command, row.Contact);
        var agent = row.Contact.Agent!;
        var data = SqliteRoutingStep.DataOf(agent);
        data.Add(command.ToQueue is null ? "toAgentId" : "queue", command.ToQueue ?? command.ToAgentId!);
        step.Return(row, command.ToQueue ?? row.Contact.Queue, EventCodes.Transferred, Reasons.Transferred, data);
        step.PassOver(command.ContactId, agent.AgentId);
        if (command.ToAgentId is { } target)
        {
            step.Offer(command.ContactId, target);
        }

        SqliteRequests.Remember(step.Session, siteId, command.AgentId, command.RequestId, command.ContactId, step.Now);
        step.MakeOffers();
        return step.FindContact(command.ContactId)!.Contact;
    }

    public static Outcome<Contact> Close(SqliteRoutingStep step, CloseCommand command)
    {
        if (step.FindContact(command.ContactId) is not { } row || !MayClose(row.Contact, command))
        {
            return RoutingRefusals.NotFound;
        }

        if (row.Contact.State == ContactStates.Closed)
        {
            return row.Contact;
        }

        if (row.Contact is { Kind: ContactKinds.Callback, State: ContactStates.Active })
        {
            return RoutingRefusals.CallUnderWay;
        }

        var reason = command.ByRole == Roles.Customer ? Reasons.EndedByCustomer : Reasons.EndedByAgent;
        var contact = step.Close(row, reason, command.ByRole, command.Disposition);
        step.MakeOffers();
        return contact;
    }

    /// <summary>What has a conversation has it there.</summary>
    private static void KeepNote(SqliteRoutingStep step, TransferCommand command, Contact contact)
    {
        if (command.Note is not null && contact is { HasConversation: false, Callback: { } callback })
        {
            var attempt = new CallAttempt(DateTimeOffset.FromUnixTimeMilliseconds(step.Now), Reasons.Transferred, command.AgentId, command.Note);
            SqliteContactRows.SetAttempts(step.Session, contact.ContactId, [.. callback.Attempts, attempt]);
        }
    }

    private static Refusal? RefuseTarget(SqliteRoutingStep step, TransferCommand command, Contact contact) => command switch
    {
        { ToQueue: null, ToAgentId: null } or { ToQueue: not null, ToAgentId: not null } => RoutingRefusals.OneTarget,
        { ToQueue: { } queue } => step.Site.FindQueue(queue) is null ? RoutingRefusals.UnknownTarget : null,
        { ToAgentId: var agentId } when agentId == command.AgentId => RoutingRefusals.OwnContact,
        { ToAgentId: var agentId } when SqliteAgentRows.Find(step.Session, step.Site.Id, agentId!) is null => RoutingRefusals.UnknownTarget,
        { ToAgentId: var agentId } => SqliteMatching.IsFreeFor(step.Session, step.Site, step.Now, contact, agentId!)
            ? null
            : RoutingRefusals.CannotTakeIt,
    };

    private static bool MayClose(Contact contact, CloseCommand command) => command.ByRole == Roles.Customer
        ? contact.Customer.CustomerId == command.ById
        : contact.Agent?.AgentId == command.ById && contact.State is ContactStates.Active or ContactStates.Closed;
}
