using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>What a step does about customers who do not answer: it says when to look at the log, which is not routing's.</summary>
internal static class SqliteInactivity
{
    /// <summary>An agent took the contact.</summary>
    public static void Watch(SqliteRoutingStep step, Contact contact)
    {
        if (contact.Kind == ContactKinds.Chat && step.Site.SettingsOf(contact.Queue).Inactivity is { } rule)
        {
            Set(step, contact, step.Now + SqliteRoutingStep.Milliseconds(rule.WarnAfter));
        }
    }

    public static void Forget(SqliteRoutingStep step, string contactId) =>
        SqliteTimers.Cancel(step.Session, step.Site.Id, SqliteTimerKinds.Inactivity, "", contactId);

    public static void ComeDue(SqliteRoutingStep step, SqliteTimer timer)
    {
        if (step.FindContact(timer.Subject) is { Contact: { State: ContactStates.Active } contact } && contact.Fence == timer.Fence)
        {
            step.EmitInactivityDue(contact);
        }
    }

    public static Outcome<Contact> Settle(SqliteRoutingStep step, InactivityCommand command)
    {
        if (step.FindContact(command.ContactId) is not { Contact: { State: ContactStates.Active, Kind: ContactKinds.Chat } } row
            || row.Contact.Fence != command.Fence)
        {
            return RoutingRefusals.NotActive;
        }

        if (command.LookAgainAt is { } at)
        {
            Set(step, row.Contact, at.ToUnixTimeMilliseconds());
            step.MarkChanged();
            return row.Contact;
        }

        var closed = step.Close(row, Reasons.Inactive, Roles.System, disposition: null);
        step.MakeOffers();
        return closed;
    }

    private static void Set(SqliteRoutingStep step, Contact contact, long due) =>
        SqliteTimers.Set(
            step.Session, step.Site.Id, new SqliteTimer(SqliteTimerKinds.Inactivity, AgentId: "", contact.ContactId, contact.Fence), due);
}
