using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Identity;

/// <summary>A queue that an agent has, and how good they are at it; written <c>orders</c> or <c>orders:8</c>.</summary>
/// <param name="Level">1 to 10, the best.</param>
public readonly record struct AgentSkill(string Queue, int Level)
{
    public const int DefaultLevel = 5;

    public const int HighestLevel = 10;

    /// <summary>Of what was checked when it was kept.</summary>
    /// <exception cref="FormatException">It is not so written.</exception>
    public static AgentSkill Parse(string text) =>
        TryParse(text, out var skill) ? skill.Value : throw new FormatException($"'{text}' is not a queue, or a queue and a level such as orders:8.");

    public static bool TryParse(string text, [NotNullWhen(true)] out AgentSkill? skill)
    {
        var parts = text.Split(':');
        var level = DefaultLevel;
        var isSkill = SiteNames.IsValid(parts[0])
            && (parts.Length == 1
                || (parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out level) && level is >= 1 and <= HighestLevel));
        skill = isSkill ? new AgentSkill(parts[0], level) : null;
        return isSkill;
    }
}
