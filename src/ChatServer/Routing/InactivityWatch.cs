using System.Globalization;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Looks at the log of a chat whose customer may have fallen silent: warns there, or has the chat ended, or says when to look again. So silence costs a look now and then, and
/// a message costs nothing. Thread-safe.
/// <para>Only the time since the agent's last text counts, and since this agent took the chat; a text of the customer ends the count. Whoever was late to look warns all the
/// same, and the chat ends the whole time later that was promised. Looked at twice, a log has the warning once.</para>
/// </summary>
public sealed class InactivityWatch(IContactQueue queue, IConversationStore conversations, ISiteCatalog sites)
{
    public async Task LookAsync(InactivityDue due, CancellationToken cancellationToken)
    {
        // A queue whose rule is gone leaves its chats alone.
        if (sites.TryGet(due.SiteId, out var site) && site.SettingsOf(due.Contact.Queue).Inactivity is { } rule)
        {
            var next = await DecideAsync(due, rule, cancellationToken);
            // A refusal says that the chat is in other hands, or over: somebody else's look, or none.
            await queue.SettleInactivityAsync(
                new InactivityCommand(due.SiteId, due.Contact.ContactId, due.Contact.Fence, next), cancellationToken);
        }
    }

    /// <summary>When to look again; null when the chat is to end.</summary>
    private async Task<DateTimeOffset?> DecideAsync(InactivityDue due, QueueInactivity rule, CancellationToken cancellationToken)
    {
        var contact = due.Contact;
        var last = await conversations.FindLastTextAsync(contact.ConversationId, EventCodes.InactivityWarning, cancellationToken);
        if (last is null || last.Role == Roles.Customer)
        {
            // Should the agent write now, this is when the warning would be due.
            return due.At + rule.WarnAfter;
        }

        var takenAt = contact.AcceptedAt ?? due.At;
        if (last.EventAt is { } warnedAt && warnedAt >= takenAt)
        {
            return due.At >= warnedAt + rule.WarnBefore ? null : warnedAt + rule.WarnBefore;
        }

        var warnAt = (last.SentAt > takenAt ? last.SentAt : takenAt) + rule.WarnAfter;
        if (due.At < warnAt)
        {
            return warnAt;
        }

        await conversations.ApplyAsync(Warning(contact, last, rule), cancellationToken);
        return due.At + rule.WarnBefore;
    }

    private static ConversationChange Warning(Contact contact, LastText last, QueueInactivity rule) => new(
        contact.ConversationId,
        $"{contact.ContactId}:{contact.Fence}:{EventCodes.InactivityWarning}:{last.Seq}",
        contact.Fence,
        ContactStates.Active,
        Agent: null,
        KeepsAgent: true,
        EventCodes.InactivityWarning,
        new Dictionary<string, string> { ["seconds"] = ((int)rule.WarnBefore.TotalSeconds).ToString(CultureInfo.InvariantCulture) });
}
