using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>A chat that becomes a call-back, and the other way, without losing its place.</summary>
public abstract class SwitchSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";
    private const string OtherPhone = "+31612345679";
    private const string ThirdPhone = "+31612345680";

    [Fact]
    public async Task Chat_BecomesACallbackInItsPlace_WithItsConversation()
    {
        var chat = await EnqueueAsync("cleo");
        await EnqueueAsync("dana");
        await ForgetEffectsAsync();

        var call = Accepted(await ToCallbackAsync("cleo", chat.ContactId, Phone, requestId: "s"));
        var again = Accepted(await ToCallbackAsync("cleo", chat.ContactId, Phone, requestId: "s"));

        Assert.Equal(
            (chat.ContactId, ContactKinds.Callback, ContactStates.Waiting, chat.ArrivedAt, chat.ConversationId),
            (call.ContactId, call.Kind, call.State, call.ArrivedAt, call.ConversationId));
        Assert.True(call.HasConversation);
        Assert.Equal((Phone, call.Fence), (call.Callback?.Phone, again.Fence));
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, call.ContactId).Within());
        var effects = await EffectsAsync();
        var change = Assert.IsType<ConversationChanged>(effects[0]).Change;
        Assert.Equal((EventCodes.Switched, ContactStates.Waiting), (change.Code, change.State));
        Assert.Equal(Reasons.Switched, Assert.IsType<ContactMoved>(Assert.Single(effects.Skip(1))).Reason);
        Refused(ErrorCodes.Conflict, await TryRequestAsync("eric", Phone));
        Assert.NotEqual(call.ContactId, (await EnqueueAsync("cleo")).ContactId);
    }

    [Fact]
    public async Task WhoAcceptsIt_IsAMemberOfItsConversation_UntilTheCallFails()
    {
        var chat = await EnqueueAsync("cleo");
        Accepted(await ToCallbackAsync("cleo", chat.ContactId, Phone));
        await HaveAgentAsync("anna");
        await ForgetEffectsAsync();

        await AcceptAsync("anna");
        await CompleteAsync("anna", chat.ContactId, CallOutcomes.NoAnswer);

        var changes = (await EffectsAsync()).OfType<ConversationChanged>().Select(effect => effect.Change).ToList();
        Assert.Equal([EventCodes.AgentJoined, EventCodes.CallFailed], changes.Select(change => change.Code));
        Assert.Equal(["anna", null], changes.Select(change => change.Agent?.AgentId));
        Assert.Equal(ContactKinds.Callback, changes[0].Data!["kind"]);
        Assert.Equal(CallOutcomes.NoAnswer, changes[1].Data!["outcome"]);
        Assert.False(changes[1].KeepsAgent);
    }

    [Fact]
    public async Task OfferedChat_IsWithdrawnFirst_AndOfferedAnewAsACallback()
    {
        await HaveAgentAsync("anna");
        var chat = await EnqueueAsync("cleo");
        var offer = await OfferOfAsync("anna");

        Accepted(await ToCallbackAsync("cleo", chat.ContactId, Phone));

        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());
        Assert.Equal(Reasons.Switched, Assert.Single((await EffectsAsync()).OfType<OfferEnded>()).Reason);
        Assert.Equal(ContactKinds.Callback, (await OfferOfAsync("anna")).Contact.Kind);
    }

    [Fact]
    public async Task ChatForLater_IsScheduled_AndComesBackToItsPlace()
    {
        var chat = await EnqueueAsync("cleo");
        var when = Clock.GetUtcNow().AddMinutes(10);
        var call = Accepted(await ToCallbackAsync("cleo", chat.ContactId, Phone, when));
        await EnqueueAsync("dana");
        Assert.Equal((ContactStates.Scheduled, when, chat.ArrivedAt), (call.State, call.Callback?.DueAt, call.ArrivedAt));

        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(1, await Queue.GetPositionAsync(Shop, call.ContactId).Within());
    }

    [Fact]
    public async Task ToCallback_Refusals()
    {
        var chat = await EnqueueAsync("cleo", topic: RoutingSites.Small);
        Refused(ErrorCodes.Invalid, await ToCallbackAsync("cleo", chat.ContactId, Phone));
        Refused(ErrorCodes.NotFound, await ToCallbackAsync("dana", chat.ContactId, Phone));
        Refused(ErrorCodes.NotFound, await ToCallbackAsync("cleo", "unknown", Phone));
        Accepted(await CloseAsync(chat.ContactId, Roles.Customer, "cleo"));
        Refused(ErrorCodes.Conflict, await ToCallbackAsync("cleo", chat.ContactId, Phone));

        var second = await EnqueueAsync("cleo", requestId: "second");
        Refused(ErrorCodes.Invalid, await ToCallbackAsync("cleo", second.ContactId, Phone, Clock.GetUtcNow()));
        await RequestAsync("dana", Phone);
        Refused(ErrorCodes.Conflict, await ToCallbackAsync("cleo", second.ContactId, Phone));
        await RequestAsync("cleo", OtherPhone);
        var call = await RequestAsync("cleo", ThirdPhone);
        Refused(ErrorCodes.Conflict, await ToCallbackAsync("cleo", second.ContactId, "+31612345681"));
        Refused(ErrorCodes.Conflict, await ToCallbackAsync("cleo", call.ContactId, "+31612345681"));
        Assert.Equal(second.Fence, (await ContactAsync(second.ContactId)).Fence);
    }

    [Fact]
    public async Task Callback_BecomesAChatInItsPlace_WithANewConversation()
    {
        var call = await RequestAsync("cleo", Phone);
        await EnqueueAsync("dana");
        await ForgetEffectsAsync();

        var chat = Accepted(await ToChatAsync("cleo", call.ContactId, requestId: "s"));
        var again = Accepted(await ToChatAsync("cleo", call.ContactId, requestId: "s"));

        Assert.Equal(
            (call.ContactId, ContactKinds.Chat, ContactStates.Waiting, call.ArrivedAt, null),
            (chat.ContactId, chat.Kind, chat.State, chat.ArrivedAt, chat.Callback));
        Assert.True(chat.HasConversation);
        Assert.Equal(chat.Fence, again.Fence);
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, chat.ContactId).Within());
        var effects = await EffectsAsync();
        Assert.Equal(chat.ConversationId, Assert.IsType<ConversationOpened>(effects[0]).Conversation.ConversationId);
        Assert.Equal(Reasons.Switched, Assert.IsType<ContactMoved>(Assert.Single(effects.Skip(1))).Reason);
        Assert.Equal(chat.ContactId, (await EnqueueAsync("cleo")).ContactId);
        Assert.Equal("eric", (await RequestAsync("eric", Phone)).Customer.CustomerId);
    }

    [Fact]
    public async Task ScheduledCallback_BecomesAChatAtTheEndOfTheLine()
    {
        var call = await ScheduleAsync("cleo", Phone, Clock.GetUtcNow().AddMinutes(10));
        await EnqueueAsync("dana");
        Clock.Advance(TimeSpan.FromMinutes(1));

        var chat = Accepted(await ToChatAsync("cleo", call.ContactId));

        Assert.Equal((ContactStates.Waiting, Clock.GetUtcNow()), (chat.State, chat.ArrivedAt));
        Assert.Equal(2, await Queue.GetPositionAsync(Shop, chat.ContactId).Within());
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(chat.Fence, (await ContactAsync(chat.ContactId)).Fence);
    }

    [Fact]
    public async Task ToChat_Refusals()
    {
        var call = await RequestAsync("cleo", Phone, topic: RoutingSites.Shifts);
        Refused(ErrorCodes.NotFound, await ToChatAsync("dana", call.ContactId));
        await PassAsync(TimeSpan.FromMinutes(4));
        Refused(ErrorCodes.OutsideHours, await ToChatAsync("cleo", call.ContactId));
        await PassAsync(TimeSpan.FromMinutes(2));
        var chat = await EnqueueAsync("cleo");
        Refused(ErrorCodes.Conflict, await ToChatAsync("cleo", call.ContactId));
        Assert.Equal(chat.ContactId, Accepted(await ToChatAsync("cleo", chat.ContactId)).ContactId);
        Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo"));
        Refused(ErrorCodes.Conflict, await ToChatAsync("cleo", call.ContactId));
    }

    private Task<Outcome<Contact>> ToCallbackAsync(
        string customer, string contactId, string phone, DateTimeOffset? when = null, string? requestId = null) =>
        Queue.SwitchToCallbackAsync(
            new SwitchToCallbackCommand(requestId ?? NewRequestId(), Shop, contactId, customer, phone, Note: null, when)).Within();

    private Task<Outcome<Contact>> ToChatAsync(string customer, string contactId, string? requestId = null) =>
        Queue.SwitchToChatAsync(new SwitchToChatCommand(requestId ?? NewRequestId(), Shop, contactId, customer)).Within();
}
