namespace CoPilot.Contracts.Http;

/// <param name="IdentityToken">A JWT signed by the shop (<c>sub</c>, <c>name</c>, <c>email</c>, <c>exp</c>, <c>aud</c>); it makes the customer verified.</param>
/// <param name="Locale">The page's language, such as <c>nl</c> or <c>en-GB</c>.</param>
public sealed record CustomerTokenRequest(string Site, string? IdentityToken = null, string? Locale = null);

public sealed record CustomerTokenResult(string Token, string CustomerId, bool Verified, DateTimeOffset ExpiresAt);
