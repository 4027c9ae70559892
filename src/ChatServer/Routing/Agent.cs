using System.Collections.ObjectModel;
using CoPilot.ChatServer.Identity;

namespace CoPilot.ChatServer.Routing;

/// <summary>What routing must know about an agent; it comes from the account each time a connection opens.</summary>
/// <param name="Capacity">Contacts at once, 1 to 100.</param>
public sealed record AgentProfile(string AgentId, string SiteId, string Name, IReadOnlyList<string> Queues, int Capacity)
{
    /// <summary>How good they are at a queue, 1 to 10; queues that are not in it have <see cref="AgentSkill.DefaultLevel"/>.</summary>
    public IReadOnlyDictionary<string, int> Levels { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    public int LevelOf(string queue) => Levels.TryGetValue(queue, out var level) ? level : AgentSkill.DefaultLevel;

    public static AgentProfile Of(Account account)
    {
        var skills = account.Queues.Select(AgentSkill.Parse).DistinctBy(skill => skill.Queue).ToList();
        return new AgentProfile(account.AgentId, account.SiteId, account.Name, [.. skills.Select(skill => skill.Queue)], account.Capacity)
        {
            Levels = skills.ToDictionary(skill => skill.Queue, skill => skill.Level, StringComparer.Ordinal),
        };
    }
}

/// <summary>An agent as routing sees them now.</summary>
/// <param name="Status">What they said: one of <see cref="Contracts.AgentStatuses"/>.</param>
/// <param name="IsConnected">Whether any of their connections holds its lease: reachability, which is not willingness.</param>
/// <param name="Load">Offered and active contacts.</param>
/// <param name="Contacts">Those they serve, oldest first.</param>
public sealed record Agent(
    AgentProfile Profile,
    string Status,
    bool IsConnected,
    int Load,
    IReadOnlyList<Contact> Contacts,
    Offer? Offer)
{
    /// <summary>Until when they are offered nothing because they finish up after a call; null when they do not.</summary>
    public DateTimeOffset? WrapUpUntil { get; init; }
}
