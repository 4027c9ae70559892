using System.Collections.ObjectModel;
using System.Security.Claims;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Identity;

/// <summary>Who calls, as a checked token says; the only thing that services know of tokens and claims.</summary>
/// <param name="Id">The customer's or agent's id; also SignalR's user id.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="IsVerified">The shop vouches for this customer's name and e-mail address. Always true for agents.</param>
public sealed record Caller(
    string Id,
    string Role,
    string SiteId,
    string? Name,
    string? Email,
    string? Locale,
    bool IsVerified,
    DateTimeOffset ExpiresAt)
{
    /// <summary>What the shop signed about the customer besides, by name.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public bool IsCustomer => Role == Roles.Customer;

    public bool IsAgent => Role is Roles.Agent or Roles.Supervisor;

    public static Caller From(ClaimsPrincipal principal) => new(
        principal.FindFirstValue(CallerClaims.Id) ?? throw new InvalidOperationException("The principal was not made from one of our tokens."),
        principal.FindFirstValue(CallerClaims.Role)!,
        principal.FindFirstValue(CallerClaims.Site)!,
        principal.FindFirstValue(CallerClaims.Name),
        principal.FindFirstValue(CallerClaims.Email),
        principal.FindFirstValue(CallerClaims.Locale),
        principal.FindFirstValue(CallerClaims.Verified) == "true",
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(principal.FindFirstValue(CallerClaims.ExpiresAt)!, System.Globalization.CultureInfo.InvariantCulture)))
    {
        Attributes = CustomerAttributes.FromClaim(principal.FindFirstValue(CallerClaims.Attributes)),
    };
}

/// <summary>Names of the claims in our tokens.</summary>
public static class CallerClaims
{
    public const string Id = "sub";
    public const string Role = "role";
    public const string Site = "site";
    public const string Name = "name";
    public const string Email = "email";
    public const string Locale = "locale";
    public const string Verified = "verified";
    public const string Attributes = "attributes";
    public const string ExpiresAt = "exp";
}
