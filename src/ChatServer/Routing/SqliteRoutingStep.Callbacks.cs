using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>The transitions of call-backs.</summary>
internal sealed partial class SqliteRoutingStep
{
    /// <param name="queue">One that takes call-backs.</param>
    public Contact Enqueue(NewCallback wanted, QueueSettings queue)
    {
        var overflow = wanted.When is null ? SqliteOverflow.FindAtOnce(this, queue, ContactKinds.Callback) : null;
        var contact = new Contact(
            ContactId: NewId(),
            RequestId: wanted.RequestId,
            SiteId: site.Id,
            Kind: ContactKinds.Callback,
            ConversationId: NewId(),
            Customer: wanted.Customer,
            Queue: overflow ?? queue.Name,
            Topic: wanted.Topic,
            Text: null,
            State: wanted.When is null ? ContactStates.Waiting : ContactStates.Scheduled,
            ArrivedAt: wanted.When - queue.Callbacks!.Lead ?? DateTimeOffset.FromUnixTimeMilliseconds(Now),
            Fence: Contact.FirstFence)
        {
            HasConversation = false,
            Callback = new Callback(wanted.Phone, wanted.Note, wanted.When, []),
        };
        Insert(contact, queue.HeadStartOf(wanted.Topic, wanted.Customer.Verified, wanted.Attributes));
        if (wanted.When is not null)
        {
            SqliteTimers.Set(
                session, site.Id, new SqliteTimer(SqliteTimerKinds.Due, AgentId: "", contact.ContactId, 0), contact.ArrivedAt.ToUnixTimeMilliseconds());
        }
        else
        {
            SqliteOverflow.Begin(this, contact.ContactId, queue, hasOverflowed: overflow is not null);
            BeginPreference(contact);
        }

        return contact;
    }

    /// <summary>The call failed; the customer is called again at that time, from the place that the contact has.</summary>
    public void Postpone(SqliteContactRow row, long dueAt, string outcome)
    {
        var (contactId, agentId) = (row.Contact.ContactId, row.Contact.Agent!.AgentId);
        SqliteContactRows.SetScheduled(session, contactId, dueAt, slotAt: null);
        SqliteTimers.Cancel(session, site.Id, SqliteTimerKinds.Grace, agentId, contactId);
        SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.Due, AgentId: "", contactId, 0), dueAt);
        LoadChanged(agentId);
        GiveSeatBack(row.Contact.Queue, handled: false);

        var contact = FindContact(contactId)!.Contact;
        EmitChange(contact, EventCodes.CallFailed, agent: null, keepsAgent: false, new Dictionary<string, string> { ["outcome"] = outcome });
        Emit(new ContactMoved(0, site.Id, contact, agentId, outcome));
    }

    /// <summary>The scheduled contact comes later than it was to.</summary>
    public void PutOff(SqliteContactRow row, long dueAt)
    {
        SqliteContactRows.SetDue(session, row.Contact.ContactId, dueAt);
        SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.Due, AgentId: "", row.Contact.ContactId, 0), dueAt);
        Emit(new ContactMoved(0, site.Id, FindContact(row.Contact.ContactId)!.Contact, AgentId: null, Reason: null));
    }

    /// <summary>The scheduled contact goes to its place; it gets one for the moment at which it was to come, or now.</summary>
    public void EnterLine(SqliteContactRow row, string reason)
    {
        var contactId = row.Contact.ContactId;
        if (!row.HasPlace)
        {
            var toCome = row.Contact.ArrivedAt.ToUnixTimeMilliseconds();
            var (arrivedAt, place) = reason == Reasons.Due
                ? (toCome, SqliteContactRows.TakePlace(session, site.Id, toCome, row.HeadStart))
                : (Now, TakePlaceNow(row.HeadStart));
            SqliteContactRows.SetArrival(session, contactId, arrivedAt, place);
            CountHeadStart(row.Contact.Queue, row.HeadStart);
        }

        Wait(contactId, ComeToLine(row, row.Contact.Kind));
        SqliteTimers.Cancel(session, site.Id, SqliteTimerKinds.Due, "", contactId);
        Emit(new ContactMoved(0, site.Id, FindContact(contactId)!.Contact, AgentId: null, reason));
    }

    /// <summary>The customer chose a time for the contact, which nobody is busy with.</summary>
    public void Reschedule(SqliteContactRow row, DateTimeOffset when, TimeSpan lead)
    {
        var contactId = row.Contact.ContactId;
        LeaveOffer(row, Reasons.Rescheduled);
        CancelTimersOfWaiting(contactId);
        var enters = (when - lead).ToUnixTimeMilliseconds();
        SqliteContactRows.SetScheduled(session, contactId, when.ToUnixTimeMilliseconds(), when.ToUnixTimeMilliseconds());
        if (!row.HasPlace)
        {
            SqliteContactRows.SetArrival(session, contactId, enters, place: null);
        }

        SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.Due, AgentId: "", contactId, 0), enters);
        if (row.Contact.Agent is { } agent)
        {
            LoadChanged(agent.AgentId);
        }

        Emit(new ContactMoved(0, site.Id, FindContact(contactId)!.Contact, AgentId: null, Reasons.Rescheduled));
    }

    /// <summary>The chat, which nobody serves, becomes a call-back in the place that it has.</summary>
    public void SwitchToCallback(SqliteContactRow row, SwitchToCallbackCommand command, TimeSpan lead)
    {
        var contactId = row.Contact.ContactId;
        LeaveOffer(row, Reasons.Switched);
        SqliteCustomerPresence.Forget(this, contactId);
        SqliteContactRows.SetCallback(session, contactId, command.Phone, command.Note);
        if (command.When?.ToUnixTimeMilliseconds() is { } when)
        {
            SqliteContactRows.SetScheduled(session, contactId, when, when);
            CancelTimersOfWaiting(contactId);
            SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.Due, AgentId: "", contactId, 0), when - Milliseconds(lead));
        }
        else
        {
            Wait(contactId, row.Contact.Queue);
        }

        EmitSwitched(row, isNewConversation: false);
    }

    /// <summary>The call-back, which nobody is busy with, becomes a chat in the place that it has, or gets now.</summary>
    public void SwitchToChat(SqliteContactRow row)
    {
        var contactId = row.Contact.ContactId;
        LeaveOffer(row, Reasons.Switched);
        SqliteTimers.Cancel(session, site.Id, SqliteTimerKinds.Due, "", contactId);
        if (!row.HasPlace)
        {
            SqliteContactRows.SetArrival(session, contactId, Now, TakePlaceNow(row.HeadStart));
            CountHeadStart(row.Contact.Queue, row.HeadStart);
        }

        SqliteContactRows.SetChat(session, contactId);
        Wait(contactId, row.Contact.State == ContactStates.Scheduled ? ComeToLine(row, ContactKinds.Chat) : row.Contact.Queue);
        EmitSwitched(row, isNewConversation: !row.Contact.HasConversation);
    }

    /// <summary>The agent matches nothing for a while.</summary>
    /// <param name="queue">Whose call it was.</param>
    public void StartWrapUp(string agentId, string queue, TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            SqliteAgentRows.SetWrapUp(session, site.Id, agentId, Now + Milliseconds(time));
            SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.WrapUp, agentId, "", 0), Now + Milliseconds(time));
            TakeSeatForWrapUp(agentId, queue);
        }
    }

    public void EndWrapUp(SqliteAgentRow agent)
    {
        if (agent.WrapUpUntil is not null)
        {
            SqliteAgentRows.SetWrapUp(session, site.Id, agent.AgentId, until: null);
            SqliteTimers.Cancel(session, site.Id, SqliteTimerKinds.WrapUp, agent.AgentId, "");
            GiveBackWrapUpSeat(agent.AgentId);
            IsChanged = true;
        }
    }

    /// <summary>What was scheduled comes to a line; answers of which queue.</summary>
    private string ComeToLine(SqliteContactRow row, string kind)
    {
        var (contactId, queue) = (row.Contact.ContactId, site.SettingsOf(row.Contact.Queue));
        var hasOverflowed = SqliteOverflow.HasOverflowed(session, contactId);
        var overflow = hasOverflowed ? null : SqliteOverflow.FindAtOnce(this, queue, kind);
        SqliteOverflow.Begin(this, contactId, queue, hasOverflowed || overflow is not null);
        SqlitePreference.Begin(this, contactId, overflow ?? queue.Name, row.Contact.Customer.CustomerId);
        return overflow ?? queue.Name;
    }

    private void EmitSwitched(SqliteContactRow before, bool isNewConversation)
    {
        if (before.Contact.Agent is { } agent)
        {
            LoadChanged(agent.AgentId);
        }

        var contact = FindContact(before.Contact.ContactId)!.Contact;
        if (isNewConversation)
        {
            Emit(new ConversationOpened(0, site.Id, contact.ToConversation()));
        }
        else
        {
            EmitChange(contact, EventCodes.Switched, agent: null, keepsAgent: false, new Dictionary<string, string> { ["kind"] = contact.Kind });
        }

        Emit(new ContactMoved(0, site.Id, contact, AgentId: null, Reasons.Switched));
    }

    /// <summary>Who takes a call-back does not come into the chat that it was, but calls.</summary>
    private static Dictionary<string, string> DataOfJoining(Contact contact)
    {
        var data = DataOf(contact.Agent!);
        if (contact.Kind == ContactKinds.Callback)
        {
            data.Add("kind", contact.Kind);
        }

        return data;
    }
}
