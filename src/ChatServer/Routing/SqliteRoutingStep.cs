using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Sqlite;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// One atomic step in a site's routing: the transitions of a contact, each with its timers, its agents' load and its effects. Lives inside one
/// piece of work of the database's writer, at one moment.
/// </summary>
internal sealed partial class SqliteRoutingStep(SqliteSession session, Site site, DateTimeOffset moment)
{
    public SqliteSession Session => session;

    public Site Site => site;

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; } = moment.ToUnixTimeMilliseconds();

    /// <summary>Something that others must hear of changed.</summary>
    public bool IsChanged { get; private set; }

    public bool IsOpen(string queue) => SqliteClosures.IsOpen(session, site, queue, Now);

    public void MarkChanged() => IsChanged = true;

    public SqliteContactRow? FindContact(string contactId) => SqliteContactRows.Find(session, site.Id, contactId);

    public Contact Enqueue(NewContact wanted, QueueSettings queue)
    {
        var overflow = SqliteOverflow.FindAtOnce(this, queue, ContactKinds.Chat);
        var contact = new Contact(
            ContactId: NewId(),
            RequestId: wanted.RequestId,
            SiteId: site.Id,
            Kind: ContactKinds.Chat,
            ConversationId: NewId(),
            Customer: wanted.Customer,
            Queue: overflow ?? queue.Name,
            Topic: wanted.Topic,
            Text: wanted.Text,
            State: ContactStates.Waiting,
            ArrivedAt: DateTimeOffset.FromUnixTimeMilliseconds(Now),
            Fence: Contact.FirstFence);
        Insert(contact, queue.HeadStartOf(wanted.Topic, wanted.Customer.Verified, wanted.Attributes));
        SqliteOverflow.Begin(this, contact.ContactId, queue, hasOverflowed: overflow is not null);
        BeginPreference(contact);
        return contact;
    }

    /// <summary>Offers whatever can be offered. Every step ends with it, so nobody waits while a matching agent is free.</summary>
    public void MakeOffers()
    {
        SqlitePreference.EndInVain(this);
        while (SqliteMatching.FindNext(session, site, Now) is { } match)
        {
            Offer(match.ContactId, match.AgentId);
        }

        foreach (var (queue, opening) in SqliteMatching.ListAwaitedOpenings(session, site, Now))
        {
            SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.Opening, AgentId: "", queue, 0), opening);
        }
    }

    public void Offer(string contactId, string agentId)
    {
        var queue = FindContact(contactId)!.Contact.Queue;
        var expiresAt = Now + Milliseconds(site.SettingsOf(queue).AcceptTimeout);
        var offerId = NewId();
        SqliteContactRows.SetOffered(session, contactId, agentId, offerId);
        SqliteOfferRows.Insert(session, site.Id, contactId, agentId, offerId, Now, expiresAt);
        LoadChanged(agentId);
        TakeSeat(queue);
        CancelTimersOfWaiting(contactId);

        var contact = FindContact(contactId)!.Contact;
        SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.Offer, agentId, contactId, contact.Fence), expiresAt);
        Emit(new ContactMoved(0, site.Id, contact, AgentId: null, Reason: null));
        Emit(new OfferMade(0, site.Id, contact.Agent!, SqliteOfferRows.Find(session, site.Id, offerId)!.ToOffer(offerId, contact)));
    }

    public Contact Accept(SqliteContactRow row, SqliteAgentRow agent)
    {
        EndOffer(row, Reasons.Accepted);
        CountTaking(row);
        SqliteContactRows.SetActive(session, row.Contact.ContactId, Now);
        SqlitePreference.Remember(this, row.Contact, agent.AgentId);
        LoadChanged(agent.AgentId);
        BeginCall(row.Contact.ContactId);

        var contact = FindContact(row.Contact.ContactId)!.Contact;
        if (agent.ConnectedUntil <= Now)
        {
            // The answer was under way when the last connection went: without a grace of its own the contact would stay with somebody who is gone.
            StartGrace(contact);
        }

        SqliteInactivity.Watch(this, contact);
        EmitChange(contact, EventCodes.AgentJoined, contact.Agent, keepsAgent: false, DataOfJoining(contact));
        // What was shown counts once, however often the contact is taken.
        Emit(new ContactMoved(0, site.Id, contact with { Shown = row.Contact.Shown }, agent.AgentId, Reason: null) { IsFirstTaking = row.ServedBy is null });
        return contact;
    }

    /// <summary>The offered contact goes back to its place without having been anybody's.</summary>
    public void TakeOfferBack(SqliteContactRow row, string reason)
    {
        EndOffer(row, reason);
        BackToLine(row, row.Contact.Queue);
        Emit(new ContactMoved(0, site.Id, FindContact(row.Contact.ContactId)!.Contact, AgentId: null, reason));
    }

    /// <summary>The active contact goes back to its place, or to the one it would have had in another queue.</summary>
    public Contact Return(SqliteContactRow row, string queue, string eventCode, string reason, IReadOnlyDictionary<string, string> data)
    {
        var agentId = row.Contact.Agent!.AgentId;
        GiveSeatBack(row.Contact.Queue, handled: queue != row.Contact.Queue);
        BackToLine(row, queue);
        SqliteInactivity.Forget(this, row.Contact.ContactId);
        var contact = FindContact(row.Contact.ContactId)!.Contact;
        EmitChange(contact, eventCode, agent: null, keepsAgent: false, data);
        Emit(new ContactMoved(0, site.Id, contact, agentId, reason));
        return contact;
    }

    /// <summary>The waiting contact goes to its place in another queue's line.</summary>
    public void Overflow(string contactId, string queue)
    {
        Wait(contactId, queue);
        Emit(new ContactMoved(0, site.Id, FindContact(contactId)!.Contact, AgentId: null, Reasons.Overflow));
    }

    /// <param name="byRole">Whose doing it is, as people are told.</param>
    public Contact Close(SqliteContactRow row, string reason, string byRole, string? disposition)
    {
        var contactId = row.Contact.ContactId;
        CountLeaving(row);
        LeaveOffer(row, reason);
        var servingAgentId = row.Contact.State == ContactStates.Active ? row.Contact.Agent!.AgentId : null;
        if (servingAgentId is not null)
        {
            GiveSeatBack(row.Contact.Queue, handled: true);
        }

        SqliteContactRows.SetClosed(session, contactId, servingAgentId, Now, reason, disposition);
        SqliteTimers.CancelOfSubject(session, site.Id, contactId);
        SqliteCustomerPresence.Forget(this, contactId);
        SqliteOfferRows.ForgetPasses(session, contactId);
        if (row.Contact.Agent is { } agent)
        {
            LoadChanged(agent.AgentId);
        }

        var contact = FindContact(contactId)!.Contact;
        EmitChange(contact, EventCodes.Ended, agent: null, keepsAgent: true, new Dictionary<string, string> { ["by"] = byRole });
        Emit(new ContactMoved(0, site.Id, contact, servingAgentId, reason));
        return contact;
    }

    /// <summary>The agent, who has no open offer, did not say so themselves.</summary>
    public void SetAway(string agentId, string reason)
    {
        SqliteAgentRows.SetStatus(session, site.Id, agentId, AgentStatuses.Away);
        Emit(new AgentStatusChanged(0, site.Id, agentId, AgentStatuses.Away, reason));
    }

    /// <summary>The agent is no match for the contact for a while, and afterwards only when nobody else is.</summary>
    public void PassOver(string contactId, string agentId)
    {
        var until = Now + Milliseconds(RoutingRules.PassedOverFor);
        SqliteOfferRows.Pass(session, contactId, agentId, until);
        SqliteTimers.Set(session, site.Id, new SqliteTimer(SqliteTimerKinds.PassedOver, agentId, contactId, 0), until);
        SqlitePreference.End(this, contactId);
    }

    public void StartGrace(Contact contact) =>
        SqliteTimers.Set(
            session,
            site.Id,
            new SqliteTimer(SqliteTimerKinds.Grace, contact.Agent!.AgentId, contact.ContactId, contact.Fence),
            Now + Milliseconds(site.SettingsOf(contact.Queue).AgentGrace));

    public void EmitCustomerSeen(string contactId) => Emit(new CustomerSeen(0, site.Id, FindContact(contactId)!.Contact));

    public void EmitInactivityDue(Contact contact) =>
        Emit(new InactivityDue(0, site.Id, contact, DateTimeOffset.FromUnixTimeMilliseconds(Now)));

    public static Dictionary<string, string> DataOf(AgentInfo agent) => new() { ["agentId"] = agent.AgentId, ["agentName"] = agent.Name };

    public static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private void Insert(Contact contact, int headStart)
    {
        SqliteContactRows.Insert(session, contact, contact.State == ContactStates.Scheduled ? null : TakePlaceNow(headStart), headStart);
        if (contact.State != ContactStates.Scheduled)
        {
            CountHeadStart(contact.Queue, headStart);
        }

        if (contact.HasConversation)
        {
            Emit(new ConversationOpened(0, site.Id, contact.ToConversation()));
        }

        Emit(new ContactMoved(0, site.Id, contact, AgentId: null, Reason: null));
    }

    private void LeaveOffer(SqliteContactRow row, string reason)
    {
        if (row.Contact.State == ContactStates.Offered)
        {
            EndOffer(row, reason);
        }
    }

    private long TakePlaceNow(int headStart) => LinePlace.Of(SqliteContactRows.TakeStamp(session, site.Id, Now), headStart);

    private void EndOffer(SqliteContactRow row, string reason)
    {
        var agentId = row.Contact.Agent!.AgentId;
        if (reason != Reasons.Accepted)
        {
            GiveSeatBack(row.Contact.Queue, handled: false);
        }

        SqliteOfferRows.End(session, row.OfferId!, reason);
        SqliteTimers.Cancel(session, site.Id, SqliteTimerKinds.Offer, agentId, row.Contact.ContactId);
        Emit(new OfferEnded(0, site.Id, agentId, row.OfferId!, reason));
    }

    private void BackToLine(SqliteContactRow row, string queue)
    {
        var agentId = row.Contact.Agent!.AgentId;
        if (queue != row.Contact.Queue)
        {
            SqliteOverflow.Begin(this, row.Contact.ContactId, site.SettingsOf(queue), SqliteOverflow.HasOverflowed(session, row.Contact.ContactId));
        }

        Wait(row.Contact.ContactId, queue);
        SqliteTimers.Cancel(session, site.Id, SqliteTimerKinds.Grace, agentId, row.Contact.ContactId);
        LoadChanged(agentId);
    }

    private void Wait(string contactId, string queue)
    {
        SqliteContactRows.SetWaiting(session, contactId, queue);
        SqliteOverflow.SetTimer(this, contactId);
        SqlitePreference.SetTimer(this, contactId);
    }

    private void BeginPreference(Contact contact)
    {
        SqlitePreference.Begin(this, contact.ContactId, contact.Queue, contact.Customer.CustomerId);
        SqliteOverflow.SetTimer(this, contact.ContactId);
        SqlitePreference.SetTimer(this, contact.ContactId);
    }

    private void CancelTimersOfWaiting(string contactId)
    {
        SqliteOverflow.CancelTimer(this, contactId);
        SqlitePreference.CancelTimer(this, contactId);
    }

    private void LoadChanged(string agentId)
    {
        SqliteAgentRows.Recount(session, site.Id, agentId);
        SqliteAgentRows.SetIdleSince(session, site.Id, agentId, Now);
    }

    private void EmitChange(Contact contact, string code, AgentInfo? agent, bool keepsAgent, IReadOnlyDictionary<string, string> data)
    {
        if (!contact.HasConversation)
        {
            return;
        }

        var eventId = $"{contact.ContactId}:{contact.Fence}:{code}";
        Emit(new ConversationChanged(
            0,
            site.Id,
            new ConversationChange(contact.ConversationId, eventId, contact.Fence, contact.State, agent, keepsAgent, code, data)));
    }

    private void Emit(RoutingEffect effect)
    {
        SqliteOutbox.Add(session, effect);
        IsChanged = true;
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");
}
