using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Call-backs in the wire's words, with as much of the number as the receiver may see. Null for a chat.</summary>
internal static class CallbackResults
{
    /// <summary>The one place from which a number goes out.</summary>
    public static CallbackInfo? ForServingAgent(Contact contact) =>
        contact.Callback is { } callback ? ToInfo(callback, callback.Phone, callback.Attempts.Select(ForAgent)) with { Call = CallOf(contact) } : null;

    public static CallbackInfo? ForOffer(Contact contact, ISiteCatalog sites) =>
        contact.Callback is { } callback ? ToInfo(callback, Mask(contact.SiteId, callback, sites), callback.Attempts.Select(ForAgent)) : null;

    public static CallbackInfo? ForCustomer(Contact contact, ISiteCatalog sites) =>
        contact.Callback is { } callback ? ToInfo(callback, Mask(contact.SiteId, callback, sites), callback.Calls.Select(ForCustomer)) : null;

    /// <summary>For the serving agent: how the provider's call stands; null where they dial themselves.</summary>
    public static CallInfo? CallOf(Contact contact) => contact.Callback?.Call is { } call
        ? new CallInfo(
            call.Status,
            call.Status == CallStates.Ended ? call.Detail : null,
            call.Status == CallStates.LeftToAgent ? call.Detail : null)
        : null;

    /// <summary>How often the customer is called at most from now on, a call under way counted; null for what is over.</summary>
    public static int? CallsLeft(Contact contact, ISiteCatalog sites) =>
        contact is { End: null, Callback: { } callback } && sites.TryGet(contact.SiteId, out var site)
            ? Math.Max(1, (site.SettingsOf(contact.Queue).Callbacks ?? QueueCallbacks.None).RetryPauses.Count + 1 - callback.Calls.Count())
            : null;

    private static CallbackInfo ToInfo(Callback callback, string phone, IEnumerable<CallAttemptInfo> attempts) => new(
        phone,
        [.. attempts],
        callback.DueAt,
        callback.Calls.Any() ? callback.DueAt : null,
        callback.Note);

    private static CallAttemptInfo ForAgent(CallAttempt attempt) => new(attempt.At, attempt.Outcome, attempt.AgentId, attempt.Note);

    private static CallAttemptInfo ForCustomer(CallAttempt attempt) => new(attempt.At, attempt.Outcome);

    private static string Mask(string siteId, Callback callback, ISiteCatalog sites)
    {
        var phones = sites.TryGet(siteId, out var site) ? site.Callbacks.Phones : PhonePolicy.None;
        return PhoneNumber.Parse(callback.Phone) is { } number ? phones.Mask(number) : "";
    }
}
