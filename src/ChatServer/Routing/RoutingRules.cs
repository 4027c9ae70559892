using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>Times that are the same for every queue.</summary>
public static class RoutingRules
{
    /// <summary>How long somebody who declined, missed or passed on a contact is no match for it at all.</summary>
    public static readonly TimeSpan PassedOverFor = TimeSpan.FromSeconds(60);

    /// <summary>How long it is known who served a customer last.</summary>
    public static readonly TimeSpan LastAgentMemory = TimeSpan.FromDays(30);

    /// <summary>
    /// How long a connection counts without being renewed: a node that died loses its agents after this, and their grace begins. Below ten seconds, which is what
    /// is promised, by what it takes to claim the timer.
    /// </summary>
    public static readonly TimeSpan PresenceLease = TimeSpan.FromSeconds(8);

    /// <summary>A quarter of the lease, so that a lost renewal, and a slow one after it, do not cost an agent.</summary>
    public static readonly TimeSpan PresenceRenewal = TimeSpan.FromSeconds(2);

    /// <summary>How long a call belongs to the node that was told to make it, before that says a word: when it dies, another one is told.</summary>
    public static readonly TimeSpan CallBegunWithin = TimeSpan.FromSeconds(10);

    /// <summary>How long a node's word that a customer is connected to it counts without being renewed: after that the customers of a node that died are away.</summary>
    public static readonly TimeSpan CustomerLease = TimeSpan.FromSeconds(60);

    /// <summary>A third of the lease, so that a lost renewal makes nobody seem away.</summary>
    public static readonly TimeSpan CustomerRenewal = TimeSpan.FromSeconds(20);

    /// <summary>How long a customer whose last connection closed is not away yet: they may only have gone on to the shop's next page.</summary>
    public static readonly TimeSpan CustomerGrace = TimeSpan.FromSeconds(10);

    /// <summary>How long a node that looked at a site is told of its changes: a few times as long as it goes without looking while somebody watches there.</summary>
    public static readonly TimeSpan SiteWatchLease = TimeSpan.FromMinutes(3);

    /// <summary>Whether it is one of <see cref="CallOutcomes"/>.</summary>
    public static bool IsOutcome(string? outcome) =>
        outcome is CallOutcomes.Reached or CallOutcomes.NoAnswer or CallOutcomes.Busy or CallOutcomes.Voicemail or CallOutcomes.WrongNumber;

    /// <exception cref="ArgumentException">It is none of <see cref="CallOutcomes"/>.</exception>
    public static void CheckOutcome(string outcome)
    {
        if (!IsOutcome(outcome))
        {
            throw new ArgumentException("No such outcome of a call.", nameof(outcome));
        }
    }
}
