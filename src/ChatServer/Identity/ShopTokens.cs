using System.Text.Json;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CoPilot.ChatServer.Identity;

/// <summary>Checks the tokens by which a shop vouches for its signed-in customers. Thread-safe.</summary>
public sealed class ShopTokens(SigningKeys keys, TimeProvider clock)
{
    /// <summary>Shop and server have clocks of their own.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private const int SubjectLength = 200;

    private static readonly Refusal Refused = new(ErrorCodes.Invalid, "The shop's identity token is not valid for this site.");
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>
    /// The customer whom the token names; <see cref="Caller.ExpiresAt"/> is the token's. Refusal: <c>invalid</c> for a site that takes no tokens and for
    /// a token that is not signed with the site's key by HS256, is for another audience, has ended, lacks <c>sub</c>, <c>exp</c> or <c>aud</c>, or says too much.
    /// </summary>
    public async Task<Outcome<Caller>> VerifyAsync(Site site, string token)
    {
        if (site.Identity is not { } identity)
        {
            return Refused;
        }

        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            // The key says who signed it; shops need not name an issuer.
            ValidateIssuer = false,
            ValidAudience = identity.Audience,
            IssuerSigningKey = new SymmetricSecurityKey(identity.Key),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            LifetimeValidator = IsCurrent,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken { Subject: { Length: > 0 and <= SubjectLength } subject } read)
        {
            return Refused;
        }

        var name = Text(read, CallerClaims.Name);
        var email = Text(read, CallerClaims.Email);
        var given = read.TryGetPayloadValue<object>(CallerClaims.Attributes, out var claim) && claim is JsonElement json ? json : default;
        if (name?.Length > Limits.NameLength || email?.Length > Limits.EmailLength || !CustomerAttributes.TryRead(given, out var attributes))
        {
            return Refused;
        }

        return new Caller(IdentityIds.OfVerified(keys.CustomerIds, site.Id, subject), Roles.Customer, site.Id, name, email, null, true, read.ValidTo)
        {
            Attributes = attributes,
        };
    }

    private static string? Text(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<object>(claim, out var value) && value is string { Length: > 0 } text ? text : null;

    private bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + ClockDifference && (notBefore is not { } start || now >= start - ClockDifference);
    }
}
