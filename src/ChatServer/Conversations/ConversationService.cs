using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Validation;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// What members do in a conversation. Thread-safe. Membership is the store's to check, on every call; here it is only whether the request makes sense and
/// whether the caller's role may ask at all.
/// </summary>
internal sealed class ConversationService(
    IConversationStore store,
    ConversationSubscriptions subscriptions,
    ConversationMetrics metrics,
    ILogger<ConversationService> logger)
{
    /// <summary>Joins that start over because the participant was removed meanwhile. Each needs a removal of its own, so more than a few are a fault.</summary>
    private const int JoinAttempts = 10;

    private static readonly Refusal ConnectionGone = new(ErrorCodes.Unavailable, "The connection has ended.");

    /// <summary>The connection opened; only from now on it can join.</summary>
    public void Connect(string connectionId) => subscriptions.Open(connectionId);

    /// <summary>The connection ended: it hears nothing from now on and leaves all that it had joined.</summary>
    public async Task DisconnectAsync(string connectionId)
    {
        foreach (var conversationId in subscriptions.Close(connectionId))
        {
            try
            {
                using var turn = await subscriptions.Gates.EnterAsync(conversationId);
                await LeaveIfLastAsync(conversationId, CancellationToken.None);
            }
            catch (StoreUnavailableException unavailable)
            {
                ConversationLog.LeaveFailed(logger, conversationId, unavailable);
            }
        }
    }

    /// <summary>Subscribes the connection and reads what its caller missed. Refusals: <c>invalid</c>, <c>not_found</c>.</summary>
    public async Task<Outcome<JoinResult>> JoinAsync(
        Caller caller, string connectionId, JoinRequest request, CancellationToken cancellationToken = default)
    {
        if (CheckJoin(request) is { } refusal)
        {
            return refusal;
        }

        var command = new JoinCommand(
            request.ConversationId, ToParticipant(caller), request.Epoch, request.AfterSeq, request.AfterId, Limits.JoinPage);
        using var turn = await subscriptions.Gates.EnterAsync(request.ConversationId, cancellationToken);
        for (var attempt = 0; attempt < JoinAttempts; attempt++)
        {
            if (subscriptions.Subscribe(request.ConversationId, connectionId, command.Participant) is not { } subscription)
            {
                return ConnectionGone;
            }

            var joined = await ReadAsync(subscription, command, cancellationToken);
            if (!joined.IsAccepted)
            {
                subscriptions.Unsubscribe(request.ConversationId, connectionId);
                await LeaveIfLastAsync(request.ConversationId, cancellationToken);
                return joined.Refusal;
            }

            if (subscriptions.Confirm(subscription, joined.Value.Conversation.LastSeq))
            {
                metrics.Joined(joined.Value.Reset);
                return ToResult(joined.Value, command.Participant);
            }
        }

        return new Refusal(ErrorCodes.Unavailable, "The conversation's members keep changing; join again.");
    }

    /// <summary>The connection hears the conversation no more. Accepted also when it never did. Refusal: <c>invalid</c>.</summary>
    public async Task<Outcome<Acknowledged>> LeaveAsync(string connectionId, LeaveRequest request, CancellationToken cancellationToken = default)
    {
        if (RequestRules.CheckOpaqueId(request.ConversationId, "conversationId") is { } refusal)
        {
            return refusal;
        }

        using var turn = await subscriptions.Gates.EnterAsync(request.ConversationId, cancellationToken);
        subscriptions.Unsubscribe(request.ConversationId, connectionId);
        await LeaveIfLastAsync(request.ConversationId, cancellationToken);
        return Acknowledged.Instance;
    }

    /// <summary>Refusals: <c>invalid</c>, <c>too_large</c>, <c>not_found</c>, <c>closed</c>.</summary>
    public Task<Outcome<SendResult>> SendAsync(Caller caller, SendRequest request, CancellationToken cancellationToken = default) => AppendAsync(
        caller, request.ConversationId, request.MessageId, request.Text, EntryKinds.Text, Audiences.All, cancellationToken);

    /// <summary>Only agents write notes, and only agents see them. Refusals: <c>forbidden</c>, and those of <see cref="SendAsync"/>.</summary>
    public async Task<Outcome<SendResult>> AddNoteAsync(Caller caller, AddNoteRequest request, CancellationToken cancellationToken = default) =>
        caller.IsAgent
            ? await AppendAsync(
                caller, request.ConversationId, request.MessageId, request.Text, EntryKinds.Note, Audiences.Agents, cancellationToken)
            : new Refusal(ErrorCodes.Forbidden, "Notes are for agents.");

    /// <summary>Refusals: <c>invalid</c>, <c>not_found</c>, <c>closed</c>.</summary>
    public async Task<Outcome<Acknowledged>> SetTypingAsync(Caller caller, SetTypingRequest request, CancellationToken cancellationToken = default)
    {
        if (RequestRules.CheckOpaqueId(request.ConversationId, "conversationId") is { } refusal)
        {
            return refusal;
        }

        var set = await store.SetTypingAsync(request.ConversationId, ToParticipant(caller), request.Typing, cancellationToken);
        return set.IsAccepted ? Acknowledged.Instance : set.Refusal;
    }

    /// <summary>Refusals: <c>invalid</c>, <c>not_found</c>.</summary>
    public async Task<Outcome<Acknowledged>> MarkReadAsync(Caller caller, MarkReadRequest request, CancellationToken cancellationToken = default)
    {
        if (RequestRules.CheckOpaqueId(request.ConversationId, "conversationId") is { } refusal)
        {
            return refusal;
        }

        if (request.Seq < 0)
        {
            return RequestRules.Invalid("seq must not be negative.");
        }

        var marked = await store.MarkReadAsync(request.ConversationId, ToParticipant(caller), request.Seq, cancellationToken);
        return marked.IsAccepted ? Acknowledged.Instance : marked.Refusal;
    }

    private static Participant ToParticipant(Caller caller) => new(caller.Id, caller.Role, caller.Name);

    private static Refusal? CheckJoin(JoinRequest request) =>
        RequestRules.CheckOpaqueId(request.ConversationId, "conversationId")
        ?? (request.Epoch is null ? null : RequestRules.CheckOpaqueId(request.Epoch, "epoch"))
        ?? (request.AfterId is null ? null : RequestRules.CheckOpaqueId(request.AfterId, "afterId"))
        ?? (request.AfterSeq < 0 ? RequestRules.Invalid("afterSeq must not be negative.") : null);

    private static JoinResult ToResult(JoinedConversation joined, Participant participant) => new(
        joined.Conversation.ConversationId,
        joined.Conversation.Epoch,
        joined.Reset,
        joined.Conversation.State,
        joined.Conversation.ContactId,
        joined.Conversation.Agent,
        participant.SeesAgentEntries ? joined.Conversation.Customer : null,
        joined.Messages,
        joined.HasMore,
        joined.LastVisibleSeq,
        joined.ReadBy);

    private async Task<Outcome<JoinedConversation>> ReadAsync(Subscription subscription, JoinCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await store.JoinAsync(command, cancellationToken);
        }
        catch
        {
            // Ended, but not left: the store may have taken note of this node before it failed, and is told when the connection leaves.
            subscriptions.End(subscription);
            throw;
        }
    }

    /// <summary>Called inside the conversation's gate.</summary>
    private Task LeaveIfLastAsync(string conversationId, CancellationToken cancellationToken) =>
        subscriptions.Of(conversationId).IsEmpty ? store.LeaveAsync(conversationId, cancellationToken) : Task.CompletedTask;

    private async Task<Outcome<SendResult>> AppendAsync(
        Caller caller, string conversationId, string messageId, string text, string kind, string audience, CancellationToken cancellationToken)
    {
        var refusal = RequestRules.CheckOpaqueId(conversationId, "conversationId") ?? RequestRules.CheckId(messageId, "messageId");
        if (refusal is not null)
        {
            return refusal;
        }

        var clean = MessageText.Normalise(text);
        if (!clean.IsAccepted)
        {
            return clean.Refusal;
        }

        var appended = await store.AppendAsync(
            new AppendCommand(conversationId, ToParticipant(caller), messageId, kind, audience, clean.Value), cancellationToken);
        if (!appended.IsAccepted)
        {
            return appended.Refusal;
        }

        Count(appended.Value, caller.Role, kind);
        return new SendResult(appended.Value.Seq, appended.Value.SentAt, appended.Value.Duplicate);
    }

    private void Count(AppendResult appended, string role, string kind)
    {
        if (appended.Duplicate)
        {
            metrics.Duplicate();
        }
        else
        {
            metrics.Accepted(role, kind);
        }
    }
}
