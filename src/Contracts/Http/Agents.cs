namespace CoPilot.Contracts.Http;

public sealed record SignInRequest(string Email, string Password);

/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record SignInResult(string Token, string AgentId, string Name, string Role, DateTimeOffset ExpiresAt);

/// <summary>Who the caller is. <c>site</c>, <c>queues</c> and <c>email</c> are what the console shows.</summary>
public sealed record AgentProfileResult(
    string AgentId,
    string Name,
    string Role,
    string Email,
    string Site,
    IReadOnlyList<string> Queues,
    int Capacity,
    DateTimeOffset ExpiresAt);
