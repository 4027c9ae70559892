using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>When the log of a chat is looked at because its customer may not answer, and what comes of it.</summary>
public abstract class InactivitySpecification : ContactQueueSpecification
{
    private static readonly TimeSpan WarnAfter = RoutingSites.Inactivity.WarnAfter;

    [Fact]
    public async Task ServedChat_IsLookedAtOnce_WhenTheWarningMayBeDue()
    {
        var contact = await HaveChatAsync();
        await PassAsync(WarnAfter - TimeSpan.FromSeconds(1));
        Assert.Empty(await LooksAsync());

        await PassAsync(TimeSpan.FromSeconds(1));
        var look = Assert.Single(await LooksAsync());
        Assert.Equal((contact.ContactId, contact.Fence, Clock.GetUtcNow()), (look.Contact.ContactId, look.Contact.Fence, look.At));
        Assert.Equal(contact.AcceptedAt, look.Contact.AcceptedAt);

        await PassAsync(TimeSpan.FromHours(1));
        Assert.Single(await LooksAsync());
    }

    [Fact]
    public async Task LookAgain_IsWhenItWasSaid()
    {
        var contact = await HaveChatAsync();
        await PassAsync(WarnAfter);
        await ForgetEffectsAsync();
        var next = Clock.GetUtcNow().AddSeconds(40);
        Accepted(await SettleAsync(contact, next));
        Accepted(await SettleAsync(contact, next));

        await PassAsync(TimeSpan.FromSeconds(39));
        Assert.Empty(await LooksAsync());
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(next, Assert.Single(await LooksAsync()).At);
    }

    [Fact]
    public async Task NoAnswer_EndsTheChat()
    {
        var contact = await HaveChatAsync();
        await PassAsync(WarnAfter);
        await ForgetEffectsAsync();

        Assert.Equal(ContactStates.Closed, Accepted(await SettleAsync(contact, lookAgainAt: null)).State);

        var effects = await EffectsAsync();
        var ended = Assert.Single(effects.OfType<ConversationChanged>()).Change;
        Assert.Equal((EventCodes.Ended, Roles.System), (ended.Code, ended.Data!["by"]));
        var moved = Assert.Single(effects.OfType<ContactMoved>());
        Assert.Equal((Reasons.Inactive, "anna"), (moved.Reason, moved.AgentId));
        Assert.Equal(0, (await AgentAsync("anna")).Load);
        Refused(ErrorCodes.Stale, await SettleAsync(contact, lookAgainAt: null));
    }

    [Fact]
    public async Task ChatInOtherHands_IsNotSettledByAnOldLook()
    {
        var contact = await HaveChatAsync();
        await PassAsync(WarnAfter);
        await HaveAgentAsync("bert", queues: [Payments]);
        Accepted(await TransferAsync("anna", contact.ContactId, toAgent: "bert"));
        Refused(ErrorCodes.Stale, await SettleAsync(contact, lookAgainAt: null));
        var taken = await AcceptAsync("bert");
        await ForgetEffectsAsync();

        Refused(ErrorCodes.Stale, await SettleAsync(contact, lookAgainAt: null));
        await PassAsync(WarnAfter);

        Assert.Equal(taken.Fence, Assert.Single(await LooksAsync()).Contact.Fence);
    }

    [Fact]
    public async Task ChatThatLeftItsAgent_IsNotLookedAt()
    {
        var contact = await HaveChatAsync();
        Accepted(await TransferAsync("anna", contact.ContactId, toQueue: Orders));

        await PassAsync(TimeSpan.FromHours(1));

        Assert.Empty(await LooksAsync());
    }

    [Fact]
    public async Task QueueWithoutTheRule_LooksAtNothing()
    {
        await HaveActiveAsync("anna", "cleo");

        await PassAsync(TimeSpan.FromHours(1));

        Assert.Empty(await LooksAsync());
    }

    private async Task<Contact> HaveChatAsync()
    {
        await HaveAgentAsync("anna", queues: [Payments]);
        await EnqueueAsync("cleo", Payments);
        return await AcceptAsync("anna");
    }

    private Task<Realtime.Outcomes.Outcome<Contact>> SettleAsync(Contact contact, DateTimeOffset? lookAgainAt) =>
        Queue.SettleInactivityAsync(new InactivityCommand(Shop, contact.ContactId, contact.Fence, lookAgainAt)).Within();

    private async Task<IEnumerable<InactivityDue>> LooksAsync() => (await EffectsAsync()).OfType<InactivityDue>();
}
