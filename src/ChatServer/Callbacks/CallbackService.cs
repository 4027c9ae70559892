using System.Net;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Validation;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// What customers and agents can ask about call-backs. Thread-safe. A role that may never do a thing is <c>forbidden</c>; a call-back that is neither the caller's own nor
/// the token's does not exist for them. Where an answer promises something outside routing's own state, the outbox is applied before it.
/// </summary>
internal sealed class CallbackService(
    IContactQueue queue, RoutingOutbox outbox, CallbackAllowance allowance, ManageTokens tokens, WaitEstimates waits, ICallbackWatchers watchers, ISiteCatalog sites, TimeProvider clock)
{
    /// <summary>So long after its end a call-back's token still shows how it ended.</summary>
    public static readonly TimeSpan EndShownFor = TimeSpan.FromDays(1);

    /// <summary>
    /// Answers the customer's open call-back to the same number where there is one. Refusals: <c>invalid</c>, <c>too_large</c>, <c>rate_limited</c>, and those of
    /// <see cref="IContactQueue.RequestCallbackAsync"/> and <see cref="IContactQueue.SwitchToCallbackAsync"/>.
    /// </summary>
    /// <param name="address">The connection's remote address.</param>
    public async Task<Outcome<CallbackStatus>> RequestAsync(
        Caller caller, RequestCallbackRequest request, IPAddress? address, CancellationToken cancellationToken = default)
    {
        if (!caller.IsCustomer)
        {
            return RoutingRefusals.CustomersOnly;
        }

        if (!sites.TryGet(caller.SiteId, out var site))
        {
            return RoutingRefusals.NotFound;
        }

        var read = CallbackForm.Read(caller, site, request);
        if (!read.IsAccepted)
        {
            return read.Refusal;
        }

        var form = read.Value;
        var counts = !await IsOpenAsync(caller, form.Number, cancellationToken);
        if (counts && await allowance.TakeAsync(caller, form.Number, address, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var asked = form.ContactId is { } chatId
            ? await queue.SwitchToCallbackAsync(form.ToSwitch(chatId), cancellationToken)
            : await queue.RequestCallbackAsync(form.Wanted, cancellationToken);
        if (counts && asked.Refusal is { } refused)
        {
            await allowance.GiveBackAsync(caller, form.Number, address, refused);
        }

        return await ToStatusAsync(asked, cancellationToken);
    }

    /// <summary>Refusals: <c>not_found</c>, <c>invalid</c>, and those of <see cref="IContactQueue.RescheduleCallbackAsync"/>.</summary>
    public async Task<Outcome<CallbackStatus>> RescheduleAsync(
        Caller caller, RescheduleCallbackRequest request, CancellationToken cancellationToken = default)
    {
        var found = RequestRules.CheckId(request.RequestId, "requestId") is { } refusal
            ? refusal
            : await FindOpenAsync(caller, request.ContactId, request.ManageToken, cancellationToken);
        if (!found.IsAccepted)
        {
            return found.Refusal;
        }

        var moved = await queue.RescheduleCallbackAsync(
            new RescheduleCallbackCommand(caller.SiteId, found.Value.ContactId, found.Value.Customer.CustomerId, request.When?.ToUniversalTime()),
            cancellationToken);
        return await ToStatusAsync(moved, cancellationToken);
    }

    /// <summary>
    /// Until an agent has taken it; an offer is withdrawn. A closed one is answered as it is, by token too, so that it can be repeated. Refusals: <c>not_found</c>, <c>invalid</c>, <c>conflict</c> (the call is
    /// under way).
    /// </summary>
    public async Task<Outcome<CallbackStatus>> CancelAsync(
        Caller caller, CancelCallbackRequest request, CancellationToken cancellationToken = default)
    {
        var found = RequestRules.CheckId(request.RequestId, "requestId") is { } refusal
            ? refusal
            : await FindAsync(caller, request.ContactId, request.ManageToken, cancellationToken);
        if (!found.IsAccepted)
        {
            return found.Refusal;
        }

        var closed = await queue.CloseAsync(
            new CloseCommand(caller.SiteId, found.Value.ContactId, Roles.Customer, found.Value.Customer.CustomerId, Disposition: null),
            cancellationToken);
        if (closed.IsAccepted)
        {
            await outbox.DrainAsync(caller.SiteId, cancellationToken);
        }

        return await ToStatusAsync(closed, cancellationToken);
    }

    /// <summary>Refusals: <c>not_found</c>, <c>invalid</c>.</summary>
    public async Task<Outcome<CallbackStatus>> GetAsync(
        Caller caller, GetCallbackRequest request, CancellationToken cancellationToken = default) =>
        await ToStatusAsync(await FindAsync(caller, request.ContactId, request.ManageToken, cancellationToken), cancellationToken);

    /// <summary>As <see cref="GetAsync"/>. Who shows the token of somebody else's call-back is told of it on this connection from then on, until they ask again after its end.</summary>
    public async Task<Outcome<CallbackStatus>> WatchAsync(
        Caller caller, string connectionId, GetCallbackRequest request, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(caller, request.ContactId, request.ManageToken, cancellationToken);
        if (!found.IsAccepted || found.Value.Customer.CustomerId == caller.Id)
        {
            return await ToStatusAsync(found, cancellationToken);
        }

        // Told from before it is read, so that nothing falls between.
        await watchers.AddAsync(connectionId, found.Value.ContactId, cancellationToken);
        var read = await GetAsync(caller, request, cancellationToken);
        if (!read.IsAccepted || read.Value.State == ContactStates.Closed)
        {
            await watchers.RemoveAsync(connectionId, found.Value.ContactId, cancellationToken);
        }

        return read;
    }

    /// <summary>When it has answered for a call-back that is over, its conversation, where it has one, is closed. Refusals: <c>invalid</c>, <c>too_large</c>, and those of <see cref="IContactQueue.CompleteCallbackAsync"/>.</summary>
    public async Task<Outcome<CompleteCallbackResult>> CompleteAsync(
        Caller caller, CompleteCallbackRequest request, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAgent)
        {
            return RoutingRefusals.AgentsOnly;
        }

        var fields = new RequestFields();
        fields.Id(request.RequestId, "requestId");
        fields.OpaqueId(request.ContactId, "contactId");
        var note = fields.OptionalText(request.Note, "note");
        if (!RoutingRules.IsOutcome(request.Outcome))
        {
            fields.Refuse("outcome must be reached, no_answer, busy, voicemail or wrong_number.");
        }

        if (fields.Refusal is { } refusal)
        {
            return refusal;
        }

        var completed = await queue.CompleteCallbackAsync(
            new CompleteCallbackCommand(request.RequestId, caller.SiteId, request.ContactId, caller.Id, request.Outcome, note), cancellationToken);
        if (!completed.IsAccepted)
        {
            return completed.Refusal;
        }

        await outbox.DrainAsync(caller.SiteId, cancellationToken);
        return new CompleteCallbackResult(completed.Value.State, completed.Value.Callback?.DueAt);
    }

    /// <summary>Asking again for what is open already changes nothing, so it counts for nothing.</summary>
    private async Task<bool> IsOpenAsync(Caller caller, PhoneNumber number, CancellationToken cancellationToken)
    {
        var open = await queue.ListOpenContactsAsync(caller.SiteId, caller.Id, cancellationToken);
        return open.Any(contact => contact.Callback?.Phone == number.ToE164());
    }

    /// <summary>As <see cref="FindAsync"/>; there is nothing to be done by the token of what is over.</summary>
    private async Task<Outcome<Contact>> FindOpenAsync(
        Caller caller, string? contactId, string? manageToken, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, contactId, manageToken, cancellationToken);
        return found.IsAccepted && manageToken is not null && found.Value.State == ContactStates.Closed ? RoutingRefusals.NotFound : found;
    }

    /// <summary>The call-back of this customer, or of this token, whoever shows it on the site.</summary>
    private async Task<Outcome<Contact>> FindAsync(
        Caller caller, string? contactId, string? manageToken, CancellationToken cancellationToken)
    {
        if (!caller.IsCustomer)
        {
            return RoutingRefusals.CustomersOnly;
        }

        if ((contactId is null) == (manageToken is null))
        {
            return CallbackRefusals.OneOfBoth;
        }

        var (given, field) = contactId is null ? (manageToken, "manageToken") : (contactId, "contactId");
        if (RequestRules.CheckOpaqueId(given, field) is { } refusal)
        {
            return refusal;
        }

        return (contactId ?? tokens.Read(caller.SiteId, manageToken!)) is { } id
            && await queue.FindContactAsync(caller.SiteId, id, cancellationToken) is { Callback: not null } contact
            && (manageToken is null ? contact.Customer.CustomerId == caller.Id : !(contact.End?.At < clock.GetUtcNow() - EndShownFor))
                ? contact
                : RoutingRefusals.NotFound;
    }

    private async Task<Outcome<CallbackStatus>> ToStatusAsync(Outcome<Contact> outcome, CancellationToken cancellationToken)
    {
        if (!outcome.IsAccepted)
        {
            return outcome.Refusal;
        }

        var contact = outcome.Value;
        if (CallbackResults.ForCustomer(contact, sites) is not { } callback)
        {
            // It became a chat meanwhile.
            return RoutingRefusals.NotFound;
        }

        var position = RoutingResults.IsInLine(contact)
            ? await queue.GetPositionAsync(contact.SiteId, contact.ContactId, cancellationToken)
            : null;
        return new CallbackStatus(
            contact.ContactId,
            contact.State,
            contact.Queue,
            contact.Topic,
            callback,
            tokens.Of(contact.SiteId, contact.ContactId),
            callback.DueAt,
            position,
            await waits.ShowAsync(contact, position, cancellationToken),
            RoutingResults.ServingAgent(contact),
            contact.End?.Reason,
            CallbackResults.CallsLeft(contact, sites));
    }
}
