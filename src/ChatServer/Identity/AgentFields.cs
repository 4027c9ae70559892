using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Identity;

/// <summary>What is said of a new agent, by options of the command line or by columns of a file.</summary>
/// <param name="Queues">Each as <see cref="AgentSkill"/> is written.</param>
internal sealed record AgentFields(string Email, string Name, string Role, IReadOnlyList<string> Queues, int Capacity)
{
    private const int MaximumCapacity = 100;

    private static readonly char[] BetweenQueues = [',', ';'];

    /// <param name="prefix">Before a value's name, in <paramref name="values"/> and in faults: <c>--</c> where they are options.</param>
    public static bool TryParse(
        string email,
        IReadOnlyDictionary<string, string> values,
        string prefix,
        [NotNullWhen(true)] out AgentFields? parsed,
        [NotNullWhen(false)] out string? fault)
    {
        parsed = null;
        var name = values.GetValueOrDefault(prefix + "name", "");
        var role = values.GetValueOrDefault(prefix + "role", Roles.Agent);
        var skills = values.GetValueOrDefault(prefix + "queues", "")
            .Split(BetweenQueues, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        fault = FaultOf(email) ?? FaultOf(skills, prefix);
        if (name is not { Length: > 0 and <= Limits.NameLength })
        {
            fault ??= $"{prefix}name is needed: 1 to {Limits.NameLength} characters.";
        }

        if (role is not (Roles.Agent or Roles.Supervisor))
        {
            fault ??= $"{prefix}role must be agent or supervisor.";
        }

        if (!int.TryParse(values.GetValueOrDefault(prefix + "capacity", "5"), CultureInfo.InvariantCulture, out var capacity)
            || capacity is < 1 or > MaximumCapacity)
        {
            fault ??= $"{prefix}capacity must be 1 to {MaximumCapacity}.";
        }

        parsed = fault is null ? new AgentFields(email, name, role, skills, capacity) : null;
        return parsed is not null;
    }

    /// <summary>Null when the site has all of the agent's queues.</summary>
    public string? FaultAt(Site site) =>
        Queues.Select(skill => AgentSkill.Parse(skill).Queue).FirstOrDefault(queue => site.FindQueue(queue) is null) is { } unknown
            ? $"The site {site.Id} has no queue '{unknown}'; it has: {string.Join(", ", site.Queues.Select(queue => queue.Name))}."
            : null;

    private static string? FaultOf(string email) =>
        email.Length > Limits.EmailLength || email.Any(char.IsWhiteSpace) || email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }]
            ? $"'{email}' is not an e-mail address."
            : null;

    private static string? FaultOf(string[] skills, string prefix)
    {
        if (skills.FirstOrDefault(skill => !AgentSkill.TryParse(skill, out _)) is { } wrong)
        {
            return $"{prefix}queues: '{wrong}' is not a queue, or a queue and a level of 1 to {AgentSkill.HighestLevel} such as orders:8.";
        }

        if (skills.GroupBy(skill => skill.Split(':')[0]).FirstOrDefault(queue => queue.Count() > 1) is { } twice)
        {
            return $"{prefix}queues has '{twice.Key}' twice.";
        }

        return skills is [] ? $"{prefix}queues is needed: names separated by commas." : null;
    }
}
