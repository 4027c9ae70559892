using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.Specifications.Routing;

internal sealed class ModelContact(int number, string customer)
{
    private static readonly HashSet<(string From, string To)> Legal =
    [
        (ContactStates.Waiting, ContactStates.Offered),
        (ContactStates.Offered, ContactStates.Active),
        (ContactStates.Offered, ContactStates.Waiting),
        (ContactStates.Active, ContactStates.Waiting),
        (ContactStates.Waiting, ContactStates.Closed),
        (ContactStates.Offered, ContactStates.Closed),
        (ContactStates.Active, ContactStates.Closed),
        (ContactStates.Active, ContactStates.Scheduled),
        (ContactStates.Waiting, ContactStates.Scheduled),
        (ContactStates.Waiting, ContactStates.Waiting),
        (ContactStates.Offered, ContactStates.Scheduled),
        (ContactStates.Scheduled, ContactStates.Scheduled),
        (ContactStates.Scheduled, ContactStates.Waiting),
        (ContactStates.Scheduled, ContactStates.Closed),
    ];

    public int Number => number;

    public string Customer => customer;

    public DateTimeOffset ArrivedAt { get; set; }

    /// <summary>Null until it enters a line.</summary>
    public DateTimeOffset? Stamp { get; set; }

    public required int HeadStart { get; set; }

    /// <summary>The moment at which it would stand there without a head start.</summary>
    public DateTimeOffset? StandsAt => Stamp - TimeSpan.FromSeconds(HeadStart);

    /// <summary>The shop vouches for some customers, and says of one that they are its best.</summary>
    public static CustomerInfo Known(string customer) => new(customer, Verified: customer is "c5" or "c6");

    public static IReadOnlyDictionary<string, string> AttributesOf(string customer) =>
        customer == "c6" ? new Dictionary<string, string> { ["tier"] = "gold" } : [];

    /// <summary>Null for a chat.</summary>
    public string? Phone { get; set; }

    public bool IsCallback => Phone is not null;

    /// <summary>It is a chat, or was one.</summary>
    public bool HasConversation { get; set; }

    public List<string> Attempts { get; } = [];

    /// <summary>When it is to be called.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>When it is to enter the line.</summary>
    public DateTimeOffset? EntersAt { get; set; }

    /// <summary>The time chosen, while it is scheduled for it.</summary>
    public DateTimeOffset? SlotAt { get; set; }

    public required string Queue { get; set; }

    /// <summary>The agent whom it waits for alone.</summary>
    public string? Prefers { get; set; }

    public DateTimeOffset PrefersUntil { get; set; }

    /// <summary>A supervisor said where it stands.</summary>
    public bool IsPlacedBySupervisor { get; set; }

    public bool HasOverflowed { get; set; }

    /// <summary>When it goes to another queue if it waits then.</summary>
    public DateTimeOffset? OverflowAt { get; set; }

    public string State { get; private set; } = ContactStates.Waiting;

    /// <summary>A new one whose time is to come.</summary>
    public void BeginScheduled() => State = ContactStates.Scheduled;

    public long Fence { get; private set; } = 1;

    public string? Owner { get; private set; }

    public string? ServedBy { get; set; }

    public ModelOffer? Offer { get; set; }

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? GraceUntil { get; set; }

    /// <summary>What its customer was shown first.</summary>
    public string? Shown { get; set; }

    /// <summary>The same in numbers, of what was shown last.</summary>
    public (DateTimeOffset At, int Minutes) ShownRange { get; set; }

    /// <summary>When to look whether its customer answers.</summary>
    public DateTimeOffset? LookAt { get; set; }

    /// <summary>The end of the lease for its customer.</summary>
    public DateTimeOffset? SeenUntil { get; set; }

    public bool CustomerAway { get; set; }

    /// <summary>When and why it was closed.</summary>
    public string? End { get; set; }

    public Dictionary<string, DateTimeOffset> PassedUntil { get; } = [];

    /// <summary>Those of <see cref="PassedUntil"/> whose end was not claimed yet.</summary>
    public List<string> PassTimers { get; } = [];

    public bool IsOpen => State != ContactStates.Closed;

    public bool IsInLine => State is ContactStates.Waiting or ContactStates.Offered;

    public void Become(string state, string? owner)
    {
        Assert.Contains((State, state), Legal);
        (State, Owner, Fence) = (state, owner, Fence + 1);
    }

    public IEnumerable<DateTimeOffset?> Timers()
    {
        yield return GraceUntil;
        yield return SeenUntil;
        yield return LookAt;
        yield return EntersAt;
        yield return State == ContactStates.Waiting ? OverflowAt : null;
        yield return State == ContactStates.Waiting && Prefers is not null ? PrefersUntil : null;
        yield return State == ContactStates.Offered ? Offer!.ExpiresAt : null;
        foreach (var agent in PassTimers)
        {
            yield return PassedUntil[agent];
        }
    }

    public override string ToString() =>
        $"{number} {customer} {Queue} {State} {ArrivedAt:HH:mm:ss.fff} {Fence} {Owner ?? "-"} {AcceptedAt?.ToString("HH:mm:ss.fff", null) ?? "-"} {Shown ?? "-"} "
        + (IsCallback ? $"{Phone} {DueAt:HH:mm:ss.fff} {string.Join(',', Attempts)}" : "-")
        + (CustomerAway ? " away" : "")
        + (End is null ? "" : $" {End}");
}

internal sealed class ModelAgent(string id)
{
    public string Id => id;

    public string[] Queues { get; set; } = [];

    public Dictionary<string, int> Levels { get; set; } = [];

    public int Capacity { get; set; }

    public string Status { get; set; } = AgentStatuses.Offline;

    public SortedDictionary<string, DateTimeOffset> Leases { get; } = new(StringComparer.Ordinal);

    /// <summary>Connections of a node that died: nobody renews them.</summary>
    public HashSet<string> Dead { get; } = [];

    public DateTimeOffset IdleSince { get; set; }

    /// <summary>Offers in a row that they did not answer.</summary>
    public int Missed { get; set; }

    public DateTimeOffset? AbsentUntil { get; set; }

    public DateTimeOffset? WrapUpUntil { get; set; }

    /// <summary>Whose seat they keep meanwhile.</summary>
    public string? WrapUpQueue { get; set; }

    public bool IsConnected(DateTimeOffset now) => Leases.Values.Any(until => until > now);

    public IEnumerable<DateTimeOffset?> Timers() => Leases.Values.Select(until => (DateTimeOffset?)until).Append(AbsentUntil).Append(WrapUpUntil);
}

internal sealed class ModelOffer(ModelContact contact, string agentId, DateTimeOffset expiresAt)
{
    public ModelContact Contact => contact;

    public string AgentId => agentId;

    public DateTimeOffset ExpiresAt => expiresAt;

    public string? Outcome { get; set; }
}
