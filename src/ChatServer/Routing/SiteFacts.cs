using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Routing;

/// <summary>A site's lines and agents as its supervisors see them.</summary>
/// <param name="At">By the engine's clock.</param>
/// <param name="Lines">Of every configured queue, in the configuration's order; what agents have of it is of the moment at which they were read.</param>
/// <param name="Agents">By name: who is connected and not offline, and whoever has a contact.</param>
/// <param name="Listed">The lines that were asked for.</param>
public sealed record SiteFacts(
    DateTimeOffset At, IReadOnlyList<SiteLine> Lines, IReadOnlyList<SiteAgent> Agents, IReadOnlyList<ListedLine> Listed)
{
    /// <summary>Call-backs are due when their time comes within this.</summary>
    public static readonly TimeSpan DueWithin = TimeSpan.FromHours(1);

    /// <summary>What estimates are made from.</summary>
    public WaitFacts ToWaits() => new(
        At,
        [.. Agents.Where(agent => agent.IsAvailable).Select(agent => agent.ToSeats())],
        [.. Lines.Select(line => line.Facts)]);
}

/// <param name="CallsInLine">Call-backs that wait or are offered.</param>
/// <param name="Serving">Contacts that an agent has taken.</param>
/// <param name="Scheduled">Call-backs whose time has not come.</param>
/// <param name="Due">Of those, call-backs whose time comes within <see cref="SiteFacts.DueWithin"/>.</param>
public sealed record SiteLine(QueueState State, LineFacts Facts, int CallsInLine, int Serving, int Scheduled, int Due);

/// <param name="Status">What they said: one of <see cref="AgentStatuses"/>.</param>
/// <param name="Load">Offered and active contacts.</param>
/// <param name="WrapUpUntil">Until when they are offered nothing because they finish up after a call; null when they do not.</param>
public sealed record SiteAgent(
    AgentInfo Agent,
    IReadOnlyList<string> Queues,
    string Status,
    bool IsConnected,
    int Capacity,
    int Load,
    bool IsOnCall,
    DateTimeOffset? WrapUpUntil)
{
    internal bool IsAvailable => IsConnected && Status == AgentStatuses.Available;

    internal AgentSeats ToSeats() => new(Queues, Capacity, Load, IsOnCall, WrapUpUntil is not null);
}

/// <param name="Contacts">The first of the line, in order.</param>
public sealed record ListedLine(string Queue, IReadOnlyList<ListedContact> Contacts);

/// <param name="Position">Contacts ahead + 1.</param>
/// <param name="StandsAt">As <see cref="LinePosition.StandsAt"/>.</param>
/// <param name="HeadStart">Whole seconds.</param>
public sealed record ListedContact(Contact Contact, int Position, long StandsAt, int HeadStart)
{
    internal static ListedContact At(Contact contact, int position, long place) =>
        new(contact, position, LinePlace.StandsAt(place), LinePlace.HeadStartOf(place));
}
