namespace CoPilot.Contracts.Chat;

/// <summary>An agent as a customer or a colleague may see them.</summary>
public sealed record AgentInfo(string AgentId, string Name);

/// <summary>A customer as the serving agent sees them. What the shop signed is true; without <c>verified</c> it is what somebody typed.</summary>
public sealed record CustomerInfo(
    string CustomerId,
    bool Verified,
    string? Name = null,
    string? Email = null,
    string? Locale = null,
    string? PageUrl = null,
    string? OrderId = null,
    IReadOnlyDictionary<string, string>? Answers = null);
