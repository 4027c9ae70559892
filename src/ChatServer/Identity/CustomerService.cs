using System.Text.RegularExpressions;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Identity;

/// <summary>Gives customers their tokens.</summary>
public sealed partial class CustomerService(ISiteCatalog sites, TokenService tokens, ShopTokens shopTokens, TimeProvider clock)
{
    /// <summary>How long after its end an anonymous customer's token still renews: somebody who comes back within a month finds their chat.</summary>
    public static readonly TimeSpan RenewalGrace = TimeSpan.FromDays(30);

    /// <summary>
    /// A token for a new anonymous customer, for the one of <paramref name="oldToken"/>, or, with an identity token, for the shop's
    /// verified one. Refusals: <c>not_found</c> (site), <c>invalid</c> (locale, either token).
    /// </summary>
    public async Task<Outcome<CustomerTokenResult>> IssueAsync(CustomerTokenRequest request, string? oldToken)
    {
        if (request.Site is null || !sites.TryGet(request.Site, out var site))
        {
            return new Refusal(ErrorCodes.NotFound, "There is no such site.");
        }

        if (request.Locale is { } locale && !LocalePattern().IsMatch(locale))
        {
            return new Refusal(ErrorCodes.Invalid, "The locale is not a language tag such as en-GB.");
        }

        var customer = request.IdentityToken is { } identityToken
            ? await shopTokens.VerifyAsync(site, identityToken)
            : await RenewOrCreateAsync(site, oldToken);
        if (!customer.IsAccepted)
        {
            return customer.Refusal;
        }

        var caller = customer.Value with { Locale = request.Locale ?? customer.Value.Locale };
        var issued = tokens.Issue(caller);
        return new CustomerTokenResult(issued.Token, caller.Id, caller.IsVerified, issued.ExpiresAt);
    }

    private async Task<Outcome<Caller>> RenewOrCreateAsync(Site site, string? oldToken)
    {
        if (oldToken is null)
        {
            return new Caller(IdentityIds.NewCustomer(), Roles.Customer, site.Id, null, null, null, false, clock.GetUtcNow());
        }

        var old = await tokens.ReadAsync(oldToken, RenewalGrace);
        if (old is not { IsCustomer: true } || old.SiteId != site.Id)
        {
            return new Refusal(ErrorCodes.Invalid, "The old token cannot be renewed.");
        }

        // The shop vouched for this person once, long ago by now; it must do so again.
        return old.IsVerified && old.ExpiresAt <= clock.GetUtcNow()
            ? new Refusal(ErrorCodes.Invalid, "The old token cannot be renewed without the shop's identity token.")
            : old;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,3}\z")]
    private static partial Regex LocalePattern();
}
