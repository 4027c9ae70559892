namespace CoPilot.ChatServer.Conversations;

/// <summary>Who hears a conversation on this node at a moment, by audience. Immutable: made on a change, so that a message makes no list.</summary>
internal sealed class Subscribers
{
    public static readonly Subscribers None = new([]);

    private Subscribers(IReadOnlyList<Subscription> subscriptions)
    {
        Subscriptions = subscriptions;
        Everybody = [.. subscriptions.Select(subscription => subscription.ConnectionId)];
        Agents = [.. subscriptions.Where(subscription => subscription.Participant.SeesAgentEntries).Select(subscription => subscription.ConnectionId)];
        Customers = [.. subscriptions.Where(subscription => !subscription.Participant.SeesAgentEntries).Select(subscription => subscription.ConnectionId)];
    }

    public IReadOnlyList<Subscription> Subscriptions { get; }

    /// <summary>Connections of all, of those who see every entry, and of those who see what is for customers.</summary>
    public IReadOnlyList<string> Everybody { get; }

    public IReadOnlyList<string> Agents { get; }

    public IReadOnlyList<string> Customers { get; }

    public bool IsEmpty => Subscriptions.Count == 0;

    public Subscribers With(Subscription subscription) => new([.. Subscriptions, subscription]);

    public Subscribers Without(Subscription subscription)
    {
        List<Subscription> others = [.. Subscriptions.Where(other => other != subscription)];
        return others.Count == 0 ? None : new Subscribers(others);
    }

    /// <summary>Connections of everybody but this participant, of one audience.</summary>
    public List<string> Others(string participantId, bool seeAgentEntries)
    {
        var connections = new List<string>();
        foreach (var subscription in Subscriptions)
        {
            if (subscription.Participant.SeesAgentEntries == seeAgentEntries && subscription.Participant.ParticipantId != participantId)
            {
                connections.Add(subscription.ConnectionId);
            }
        }

        return connections;
    }
}
