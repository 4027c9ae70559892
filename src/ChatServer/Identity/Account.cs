namespace CoPilot.ChatServer.Identity;

/// <param name="Role"><c>agent</c> or <c>supervisor</c>.</param>
/// <param name="Queues">Each as <see cref="AgentSkill"/> is written.</param>
/// <param name="LockedUntil">After too many failed sign-ins nobody gets in before this moment, not even with the right password.</param>
public sealed record Account(
    string AgentId,
    string SiteId,
    string Email,
    string Name,
    string Role,
    IReadOnlyList<string> Queues,
    int Capacity,
    string PasswordHash,
    bool IsDisabled = false,
    DateTimeOffset? LockedUntil = null)
{
    /// <summary>What makes an address the same as another.</summary>
    public static string KeyOf(string email) => email.ToLowerInvariant();
}
