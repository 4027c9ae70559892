using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>What supervisors do to contacts.</summary>
internal sealed partial class SqliteRoutingStep
{
    /// <summary>The contact, which nobody serves, goes to the queue with the place or the time that it has.</summary>
    public void Move(SqliteContactRow row, string queue)
    {
        var contactId = row.Contact.ContactId;
        LeaveOffer(row, Reasons.Moved);
        if (row.Contact.State == ContactStates.Scheduled)
        {
            SqliteContactRows.SetQueue(session, contactId, queue);
        }
        else
        {
            CancelTimersOfWaiting(contactId);
            SqlitePreference.End(this, contactId);
            SqliteOverflow.Begin(this, contactId, site.SettingsOf(queue), SqliteOverflow.HasOverflowed(session, contactId));
            Wait(contactId, queue);
        }

        if (row.Contact.Agent is { } agent)
        {
            LoadChanged(agent.AgentId);
        }

        Emit(new ContactMoved(0, site.Id, FindContact(contactId)!.Contact, AgentId: null, Reasons.Moved));
    }
}
