using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Sites;
using CoPilot.ChatServer.Validation;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// What customers and agents can ask of routing. Thread-safe. Where an answer promises something outside routing's own state (the agent is a
/// member, the conversation is closed), the call applies the outbox before it answers. A role that may never do a thing is <c>forbidden</c>.
/// </summary>
public sealed class RoutingService(
    IContactQueue queue,
    IConversationStore conversations,
    RoutingOutbox outbox,
    AgentPresence presence,
    CustomerPresence customers,
    IAccountStore accounts,
    WaitEstimates waits,
    ISiteCatalog sites,
    TimeProvider clock)
{
    /// <summary>
    /// Answers the customer's open chat where there is one; what they wrote this time becomes a message of it. With a contact's id that call-back becomes the
    /// chat, and its topic and customer stay what they were.
    /// </summary>
    public async Task<Outcome<StartChatResult>> StartChatAsync(
        Caller caller, StartChatRequest request, CancellationToken cancellationToken = default)
    {
        if (!caller.IsCustomer)
        {
            return RoutingRefusals.CustomersOnly;
        }

        var form = ContactForm.Read(caller, request);
        if (!form.IsAccepted)
        {
            return form.Refusal;
        }

        var queued = request.ContactId is { } callbackId
            ? await queue.SwitchToChatAsync(new SwitchToChatCommand(request.RequestId, caller.SiteId, callbackId, caller.Id), cancellationToken)
            : await queue.EnqueueAsync(form.Value, cancellationToken);
        if (!queued.IsAccepted)
        {
            return queued.Refusal;
        }

        var contact = queued.Value;
        customers.Opened(caller.SiteId, caller.Id);
        var conversation = await conversations.CreateAsync(contact.ToConversation(), cancellationToken);
        if (form.Value.Text is { } text && contact.RequestId != request.RequestId)
        {
            // Refused only when it has ended meanwhile, which the answer's state says.
            await conversations.AppendAsync(
                new AppendCommand(
                    contact.ConversationId,
                    new Participant(caller.Id, caller.Role, form.Value.Customer.Name),
                    request.RequestId,
                    EntryKinds.Text,
                    Audiences.All,
                    text),
                cancellationToken);
        }

        var position = await PositionOfAsync(contact, cancellationToken);
        return new StartChatResult(
            contact.ContactId,
            contact.ConversationId,
            conversation.Epoch,
            contact.State,
            contact.Queue,
            position,
            await waits.ShowAsync(contact, position, cancellationToken));
    }

    public async Task<Outcome<MyContactsResult>> GetMyContactsAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (!caller.IsCustomer)
        {
            return RoutingRefusals.CustomersOnly;
        }

        var summaries = new List<ContactSummary>();
        foreach (var contact in await queue.ListOpenContactsAsync(caller.SiteId, caller.Id, cancellationToken))
        {
            var position = await PositionOfAsync(contact, cancellationToken);
            summaries.Add(RoutingResults.ToSummary(contact, position, await waits.ShowAsync(contact, position, cancellationToken), sites));
        }

        return new MyContactsResult(summaries);
    }

    /// <summary>
    /// By the customer in any state, by the serving agent while it is theirs; a call that is under way is a <c>conflict</c> to both. The agent's last words are kept before it closes.
    /// </summary>
    public async Task<Outcome<Acknowledged>> EndChatAsync(
        Caller caller, EndChatRequest request, CancellationToken cancellationToken = default)
    {
        if (caller.IsCustomer && (request.Disposition is not null || request.Note is not null))
        {
            return RoutingRefusals.AgentsOnly;
        }

        var fields = new RequestFields();
        fields.OpaqueId(request.ConversationId, "conversationId");
        var disposition = fields.OptionalLine(request.Disposition, "disposition", Limits.NameLength);
        var lastWords = AgentNote.Join(disposition, fields.OptionalText(request.Note, "note"));
        if (fields.Refusal is { } refusal)
        {
            return refusal;
        }

        if (await conversations.FindAsync(request.ConversationId, cancellationToken) is not { } conversation
            || conversation.SiteId != caller.SiteId)
        {
            return RoutingRefusals.NotFound;
        }

        if (lastWords is not null && await AddLastWordsAsync(caller, conversation, lastWords, cancellationToken) is { } refused)
        {
            return refused;
        }

        var role = caller.IsCustomer ? Roles.Customer : Roles.Agent;
        var closed = await queue.CloseAsync(
            new CloseCommand(caller.SiteId, conversation.ContactId, role, caller.Id, disposition), cancellationToken);
        return await AcknowledgeAsync(closed, caller.SiteId, cancellationToken);
    }

    /// <summary>Without a status it only asks.</summary>
    public async Task<Outcome<SetStatusResult>> SetStatusAsync(
        Caller caller, SetStatusRequest request, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAgent)
        {
            return RoutingRefusals.AgentsOnly;
        }

        switch (request.Status)
        {
            case null:
                var agent = await queue.FindAgentAsync(caller.SiteId, caller.Id, cancellationToken);
                return agent is null ? RoutingRefusals.NotFound : RoutingResults.ToStatus(agent, sites);
            case AgentStatuses.Available or AgentStatuses.Away or AgentStatuses.Offline:
                var set = await queue.SetStatusAsync(caller.SiteId, caller.Id, request.Status, cancellationToken);
                return set.IsAccepted ? RoutingResults.ToStatus(set.Value, sites) : set.Refusal;
            default:
                return RequestRules.Invalid("status must be available, away or offline.");
        }
    }

    /// <summary>When it has answered, the agent is a member of the conversation and can join it.</summary>
    public async Task<Outcome<AcceptOfferResult>> AcceptOfferAsync(
        Caller caller, AcceptOfferRequest request, CancellationToken cancellationToken = default)
    {
        if (CheckOffer(caller, request.OfferId) is { } refusal)
        {
            return refusal;
        }

        var accepted = await queue.AcceptOfferAsync(caller.SiteId, caller.Id, request.OfferId, cancellationToken);
        if (!accepted.IsAccepted)
        {
            return accepted.Refusal;
        }

        await outbox.DrainAsync(caller.SiteId, cancellationToken);
        return new AcceptOfferResult(
            accepted.Value.ContactId, RoutingResults.ConversationOf(accepted.Value), CallbackResults.ForServingAgent(accepted.Value));
    }

    public async Task<Outcome<Acknowledged>> DeclineOfferAsync(
        Caller caller, DeclineOfferRequest request, CancellationToken cancellationToken = default)
    {
        if (CheckOffer(caller, request.OfferId) is { } refusal)
        {
            return refusal;
        }

        var declined = await queue.DeclineOfferAsync(caller.SiteId, caller.Id, request.OfferId, cancellationToken);
        return declined.IsAccepted ? Acknowledged.Instance : declined.Refusal;
    }

    /// <summary>
    /// The note goes into the log while the agent is still a member. When it has answered, they are none. Of a call-back without a conversation it is kept among
    /// the attempts.
    /// </summary>
    public async Task<Outcome<Acknowledged>> TransferAsync(
        Caller caller, TransferRequest request, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAgent)
        {
            return RoutingRefusals.AgentsOnly;
        }

        var fields = new RequestFields();
        fields.Id(request.RequestId, "requestId");
        fields.OpaqueId(request.ContactId, "contactId");
        var note = fields.OptionalText(request.Note, "note");
        if (fields.Refusal is { } refusal)
        {
            return refusal;
        }

        // Only the serving agent passes a contact on, so only they add a note here; a repetition finds somebody else serving and adds none.
        if (note is not null
            && await queue.FindContactAsync(caller.SiteId, request.ContactId, cancellationToken) is { State: ContactStates.Active, HasConversation: true } contact
            && contact.Agent?.AgentId == caller.Id
            && await AddNoteAsync(caller, contact.ConversationId, $"transfer:{request.RequestId}", note, cancellationToken) is { } refused)
        {
            return refused;
        }

        var transferred = await queue.TransferAsync(
            new TransferCommand(request.RequestId, caller.SiteId, request.ContactId, caller.Id, request.Queue, request.AgentId, note),
            cancellationToken);
        return await AcknowledgeAsync(transferred, caller.SiteId, cancellationToken);
    }

    public async Task<Outcome<GetQueuesResult>> GetQueuesAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAgent || !sites.TryGet(caller.SiteId, out var site))
        {
            return RoutingRefusals.AgentsOnly;
        }

        var queues = await queue.GetQueuesAsync(site.Id, cancellationToken);
        var colleagues = await queue.ListColleaguesAsync(site.Id, cancellationToken);
        return new GetQueuesResult(
            RoutingResults.ToSummaries(site, queues, clock.GetUtcNow()),
            [.. colleagues
                .Where(colleague => colleague.Agent.AgentId != caller.Id)
                .Select(colleague => new ColleagueSummary(colleague.Agent.AgentId, colleague.Agent.Name, colleague.Status, colleague.Free))]);
    }

    /// <summary>An agent's connection opened. Queues and capacity come from the account, as it is now. <c>forbidden</c> when that is disabled.</summary>
    public async Task<Outcome<Acknowledged>> AgentConnectedAsync(
        Caller caller, string connectionId, CancellationToken cancellationToken = default)
    {
        if (!caller.IsAgent || await accounts.FindAsync(caller.Id, cancellationToken) is not { IsDisabled: false } account)
        {
            return RoutingRefusals.AgentsOnly;
        }

        var profile = AgentProfile.Of(account);
        await presence.ConnectAsync(profile, connectionId, cancellationToken);
        return Acknowledged.Instance;
    }

    public Task AgentDisconnectedAsync(Caller caller, string connectionId, CancellationToken cancellationToken = default) =>
        presence.DisconnectAsync(caller.SiteId, new AgentConnection(caller.Id, connectionId), cancellationToken);

    public void CustomerConnected(Caller caller) => customers.Connected(caller.SiteId, caller.Id);

    public void CustomerDisconnected(Caller caller) => customers.Disconnected(caller.SiteId, caller.Id);

    private static Refusal? CheckOffer(Caller caller, string? offerId) =>
        caller.IsAgent ? RequestRules.CheckOpaqueId(offerId, "offerId") : RoutingRefusals.AgentsOnly;

    /// <summary>None where the agent will not be able to end it.</summary>
    private async Task<Refusal?> AddLastWordsAsync(
        Caller caller, Conversation conversation, string words, CancellationToken cancellationToken)
    {
        var contact = await queue.FindContactAsync(caller.SiteId, conversation.ContactId, cancellationToken);
        return contact is { Kind: ContactKinds.Callback, State: ContactStates.Active } && contact.Agent?.AgentId == caller.Id
            ? RoutingRefusals.CallUnderWay
            : await AddNoteAsync(caller, conversation.ConversationId, $"end:{conversation.ContactId}", words, cancellationToken);
    }

    private async Task<Refusal?> AddNoteAsync(
        Caller caller, string conversationId, string messageId, string text, CancellationToken cancellationToken)
    {
        var author = new Participant(caller.Id, caller.Role, caller.Name);
        var added = await conversations.AppendAsync(
            new AppendCommand(conversationId, author, messageId, EntryKinds.Note, Audiences.Agents, text), cancellationToken);
        return added.Refusal;
    }

    private async Task<Outcome<Acknowledged>> AcknowledgeAsync(
        Outcome<Contact> outcome, string siteId, CancellationToken cancellationToken)
    {
        if (!outcome.IsAccepted)
        {
            return outcome.Refusal;
        }

        await outbox.DrainAsync(siteId, cancellationToken);
        return Acknowledged.Instance;
    }

    private async Task<int?> PositionOfAsync(Contact contact, CancellationToken cancellationToken) =>
        RoutingResults.IsInLine(contact)
            ? await queue.GetPositionAsync(contact.SiteId, contact.ContactId, cancellationToken)
            : null;
}
