using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>The model's contacts that go to another queue.</summary>
internal abstract partial class RoutingModelSteps
{
    /// <summary>What is new or was scheduled comes to a line.</summary>
    protected void ComeToLine(ModelContact contact)
    {
        if (!contact.HasOverflowed
            && site.FindQueue(contact.Queue)!.Overflow is { WhenNobody: true } overflow
            && !HasAnybody(contact.Queue)
            && CanTake(overflow.Queue, contact))
        {
            (contact.Queue, contact.HasOverflowed) = (overflow.Queue, true);
        }

        BeginOverflow(contact);
        BeginPreference(contact);
    }

    /// <summary>Those who waited so long; answers how many.</summary>
    protected int FireOverflow()
    {
        var due = Contacts.FindAll(contact => contact.State == ContactStates.Waiting && contact.OverflowAt <= Now);
        foreach (var contact in due)
        {
            var overflow = site.FindQueue(contact.Queue)!.Overflow!;
            if (!CanTake(overflow.Queue, contact))
            {
                BeginOverflow(contact);
                continue;
            }

            (contact.Queue, contact.HasOverflowed, contact.Prefers) = (overflow.Queue, true, null);
            BeginOverflow(contact);
            contact.Become(ContactStates.Waiting, null);
            Moved(contact, null, Reasons.Overflow);
        }

        return due.Count;
    }

    /// <summary>From now on its time in the queue's line counts.</summary>
    protected void BeginOverflow(ModelContact contact) =>
        contact.OverflowAt = contact.HasOverflowed ? null : Now + site.FindQueue(contact.Queue)!.Overflow?.After;

    private bool HasAnybody(string queue) =>
        Agents.Values.Any(agent => agent.Queues.Contains(queue) && agent.IsConnected(Now) && agent.Status != AgentStatuses.Offline);

    private bool CanTake(string queueName, ModelContact contact) =>
        site.FindQueue(queueName) is { } queue
        && (!contact.IsCallback || queue.Callbacks is not null)
        && !IsClosed(queueName)
        && HasAnybody(queueName)
        && Line(queueName).Count() < queue.MaximumLength;
}
