using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Identity;

/// <summary>The words after <c>agents</c>, understood.</summary>
/// <param name="Settings">Those that are the server's configuration.</param>
internal sealed record AgentsArguments(
    string Verb,
    string? Email,
    string Name,
    string Role,
    string? Site,
    IReadOnlyList<string> Queues,
    int Capacity,
    IReadOnlyList<string> Settings)
{
    private const int MaximumCapacity = 100;

    private static readonly string[] Options = ["--name", "--queues", "--capacity", "--role", "--site"];

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out AgentsArguments? parsed, [NotNullWhen(false)] out string? fault)
    {
        parsed = null;
        if (!CommandWords.TryParse(arguments, Options, out var given, out fault))
        {
            return false;
        }

        var (words, values) = (given.Words, given.Options);
        fault = words switch
        {
            ["list"] => values.Count == 0 ? null : "`list` takes no options.",
            ["disable", _] => values.Count == 0 ? null : "`disable` takes no options.",
            ["add", var email] => FaultOfAdd(email, values),
            [] or ["add" or "disable"] => "Something is missing.",
            _ => $"Not understood: {string.Join(' ', words)}",
        };
        if (fault is not null)
        {
            return false;
        }

        parsed = new AgentsArguments(
            words[0],
            words.ElementAtOrDefault(1),
            values.GetValueOrDefault("--name", ""),
            values.GetValueOrDefault("--role", Roles.Agent),
            values.GetValueOrDefault("--site"),
            SkillsOf(values),
            int.Parse(values.GetValueOrDefault("--capacity", "5"), CultureInfo.InvariantCulture),
            given.Settings);
        return true;
    }

    private static string[] SkillsOf(IReadOnlyDictionary<string, string> values) =>
        values.GetValueOrDefault("--queues", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? FaultOfAdd(string email, IReadOnlyDictionary<string, string> values)
    {
        if (email.Length > Limits.EmailLength || email.Any(char.IsWhiteSpace) || email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            return $"'{email}' is not an e-mail address.";
        }

        if (values.GetValueOrDefault("--name") is not { Length: > 0 and <= Limits.NameLength })
        {
            return $"--name is needed: 1 to {Limits.NameLength} characters.";
        }

        if (string.IsNullOrEmpty(values.GetValueOrDefault("--queues")))
        {
            return "--queues is needed: names separated by commas.";
        }

        if (SkillsOf(values).FirstOrDefault(skill => !AgentSkill.TryParse(skill, out _)) is { } wrong)
        {
            return $"--queues: '{wrong}' is not a queue, or a queue and a level of 1 to {AgentSkill.HighestLevel} such as orders:8.";
        }

        if (SkillsOf(values).GroupBy(skill => skill.Split(':')[0]).FirstOrDefault(queue => queue.Count() > 1) is { } twice)
        {
            return $"--queues has '{twice.Key}' twice.";
        }

        if (values.GetValueOrDefault("--role", Roles.Agent) is not (Roles.Agent or Roles.Supervisor))
        {
            return "--role must be agent or supervisor.";
        }

        return values.TryGetValue("--capacity", out var capacity)
            && !(int.TryParse(capacity, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaximumCapacity)
            ? $"--capacity must be 1 to {MaximumCapacity}."
            : null;
    }
}
