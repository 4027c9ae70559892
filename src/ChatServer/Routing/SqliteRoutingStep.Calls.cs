using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>Calls that a provider makes.</summary>
internal sealed partial class SqliteRoutingStep
{
    /// <summary>To be made by whoever lives this step.</summary>
    public List<Contact> Calls { get; } = [];

    /// <summary>Somebody is told to make it when the time is over.</summary>
    public void PutCallOff(Contact contact, TimeSpan time) =>
        SqliteTimers.Set(
            session,
            site.Id,
            new SqliteTimer(SqliteTimerKinds.Dial, contact.Agent!.AgentId, contact.ContactId, contact.Fence),
            Now + Milliseconds(time));

    public void SetCall(Contact contact, string status, string? detail)
    {
        SqliteContactRows.SetCall(session, contact.ContactId, CallProgress.Write(contact.Fence, status, detail));
        Emit(new CallChanged(0, site.Id, FindContact(contact.ContactId)!.Contact));
    }

    /// <summary>The agent has just taken the call-back.</summary>
    private void BeginCall(string contactId)
    {
        var contact = FindContact(contactId)!.Contact;
        if (site.Callbacks.Webhook is not null && contact.Kind == ContactKinds.Callback)
        {
            SqliteContactRows.SetCall(session, contactId, CallProgress.Write(contact.Fence, CallStates.Dialling, detail: null));
            PutCallOff(contact, TimeSpan.Zero);
        }
    }
}
