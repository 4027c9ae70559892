using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CoPilot.ChatServer.Identity;

/// <summary>Issues our tokens and checks them. Thread-safe.</summary>
public sealed class TokenService(SigningKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan CustomerLifetime = TimeSpan.FromHours(24);
    public static readonly TimeSpan AgentLifetime = TimeSpan.FromHours(12);

    private const string Issuer = "copilot";
    private const string Audience = "copilot";

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    private readonly SymmetricSecurityKey _key = new(keys.Tokens);

    /// <summary>A token for this caller; when it ends follows from the role, not from <see cref="Caller.ExpiresAt"/>.</summary>
    public IssuedToken Issue(Caller caller)
    {
        var now = clock.GetUtcNow();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + (caller.IsCustomer ? CustomerLifetime : AgentLifetime)).ToUnixTimeSeconds());
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = ClaimsOf(caller),
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.HmacSha256),
        });
        return new IssuedToken(token, expiresAt);
    }

    /// <summary>The caller that the token names, or null when it is not ours or ended longer ago than <paramref name="grace"/>.</summary>
    public async Task<Caller?> ReadAsync(string token, TimeSpan grace = default) =>
        (await ReadIdentityAsync(token, "token", grace)) is { } identity ? Caller.From(new ClaimsPrincipal(identity)) : null;

    /// <param name="how">The identity's authentication type: how the token came.</param>
    public async Task<ClaimsIdentity?> ReadIdentityAsync(string token, string how, TimeSpan grace = default)
    {
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            LifetimeValidator = (_, expires, _, _) => expires is { } end && clock.GetUtcNow().UtcDateTime < end + grace,
        });
        return result.IsValid
            ? new ClaimsIdentity(result.ClaimsIdentity.Claims, how, CallerClaims.Name, CallerClaims.Role)
            : null;
    }

    private static Dictionary<string, object> ClaimsOf(Caller caller)
    {
        var claims = new Dictionary<string, object>
        {
            [CallerClaims.Id] = caller.Id,
            [CallerClaims.Role] = caller.Role,
            [CallerClaims.Site] = caller.SiteId,
            [CallerClaims.Verified] = caller.IsVerified ? "true" : "false",
        };
        AddIfKnown(claims, CallerClaims.Name, caller.Name);
        AddIfKnown(claims, CallerClaims.Email, caller.Email);
        AddIfKnown(claims, CallerClaims.Locale, caller.Locale);
        AddIfKnown(claims, CallerClaims.Attributes, CustomerAttributes.ToClaim(caller.Attributes));
        return claims;
    }

    private static void AddIfKnown(Dictionary<string, object> claims, string name, string? value)
    {
        if (value is not null)
        {
            claims[name] = value;
        }
    }
}

public sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);
