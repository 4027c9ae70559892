using System.Diagnostics.CodeAnalysis;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Identity;

/// <summary>The words after <c>agents</c>, understood.</summary>
/// <param name="Subject">The address, or the file.</param>
/// <param name="Agent">Of <c>add</c> alone.</param>
/// <param name="Settings">Those that are the server's configuration.</param>
internal sealed record AgentsArguments(string Verb, string? Subject, AgentFields? Agent, string? Site, IReadOnlyList<string> Settings)
{
    private static readonly string[] Options = ["--name", "--queues", "--capacity", "--role", "--site"];

    public static bool TryParse(string[] arguments, [NotNullWhen(true)] out AgentsArguments? parsed, [NotNullWhen(false)] out string? fault)
    {
        parsed = null;
        if (!CommandWords.TryParse(arguments, Options, out var given, out fault))
        {
            return false;
        }

        var (words, values) = (given.Words, given.Options);
        AgentFields? agent = null;
        fault = words switch
        {
            ["list"] => values.Count == 0 ? null : "`list` takes no options.",
            ["disable", _] => values.Count == 0 ? null : "`disable` takes no options.",
            ["import", _] => values.Keys.All(option => option == "--site") ? null : "`import` takes --site alone: the rest is in the file.",
            ["add", var email] => AgentFields.TryParse(email, values, "--", out agent, out var wrong) ? null : wrong,
            [] or ["add" or "import" or "disable"] => "Something is missing.",
            _ => $"Not understood: {string.Join(' ', words)}",
        };
        if (fault is not null)
        {
            return false;
        }

        parsed = new AgentsArguments(words[0], words.ElementAtOrDefault(1), agent, values.GetValueOrDefault("--site"), given.Settings);
        return true;
    }
}
