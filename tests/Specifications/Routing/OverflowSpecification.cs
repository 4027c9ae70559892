using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Contacts that go to another queue: from small to payments after a while or when nobody is there, from shifts to orders after a while.</summary>
public abstract class OverflowSpecification : ContactQueueSpecification
{
    private const string Small = RoutingSites.Small;
    private const string Shifts = RoutingSites.Shifts;
    private const string Phone = "+31612345678";

    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task WhenNobodyIsThere_GoesAtOnce()
    {
        await ConnectAsync("bert", queues: [Small]);
        await HaveAgentAsync("anna", queues: [Payments]);

        var contact = await EnqueueAsync("cleo", Small);

        Assert.Equal((Payments, ContactStates.Offered, "anna"), (contact.Queue, contact.State, contact.Agent?.AgentId));
        Assert.Equal(Small, contact.Topic);
    }

    [Theory]
    [InlineData(AgentStatuses.Away)]
    [InlineData(AgentStatuses.Available)]
    public async Task WhenSomebodyIsSignedIn_Waits(string status)
    {
        await ConnectAsync("bert", queues: [Small]);
        await SetStatusAsync("bert", status);
        await HaveAgentAsync("anna", queues: [Payments]);

        Assert.Equal(Small, (await EnqueueAsync("cleo", Small)).Queue);
    }

    [Fact]
    public async Task WhenNobodyIsThereEither_Waits()
    {
        await HaveAgentAsync("anna", queues: [Payments]);
        await DisconnectAsync("anna");
        Assert.Equal(Small, (await EnqueueAsync("cleo", Small)).Queue);

        await HaveAgentAsync("anna", queues: [Payments]);
        Clock.Advance(RoutingRules.PresenceLease);

        Assert.Equal(Small, (await EnqueueAsync("dana", Small)).Queue);
    }

    [Fact]
    public async Task AfterAWhile_GoesToItsPlaceThere()
    {
        await ConnectAsync("bert", queues: [Small]);
        await SetStatusAsync("bert", AgentStatuses.Away);
        await ConnectAsync("anna", queues: [Payments]);
        await SetStatusAsync("anna", AgentStatuses.Away);
        var cleo = await EnqueueAsync("cleo", Small);
        await PassAsync(TimeSpan.FromSeconds(1));
        await EnqueueAsync("dana", Payments);
        await ForgetEffectsAsync();

        await PassAsync(RoutingSites.OverflowAfter - TimeSpan.FromSeconds(1) - Instant);
        Assert.Equal(Small, (await ContactAsync(cleo.ContactId)).Queue);
        await PassAsync(Instant);

        var moved = await ContactAsync(cleo.ContactId);
        Assert.Equal((Payments, ContactStates.Waiting, cleo.ArrivedAt), (moved.Queue, moved.State, moved.ArrivedAt));
        Assert.True(moved.Fence > cleo.Fence);
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, cleo.ContactId).Within());
        Assert.Empty(await Queue.GetLineAsync(Shop, Small).Within());
        Assert.Equal(Reasons.Overflow, Assert.IsType<ContactMoved>(Assert.Single(await EffectsAsync())).Reason);
    }

    [Fact]
    public async Task AfterAWhile_IsOfferedAtOnce_AndGoesNoFurther()
    {
        await ConnectAsync("bert", queues: [Shifts]);
        await SetStatusAsync("bert", AgentStatuses.Away);
        var cleo = await EnqueueAsync("cleo", Shifts);
        await HaveAgentAsync("anna", queues: [Orders]);

        await PassAsync(RoutingSites.OverflowAfter);

        Assert.Equal(cleo.ContactId, (await AcceptAsync("anna")).ContactId);
        Accepted(await TransferAsync("anna", cleo.ContactId, toQueue: Shifts));
        await PassAsync(3 * RoutingSites.OverflowAfter);
        Assert.Equal(Shifts, (await ContactAsync(cleo.ContactId)).Queue);
    }

    [Fact]
    public async Task AnOffer_IsNotTakenAway_ButWhatComesBackFromItGoes()
    {
        await HaveAgentAsync("bert", queues: [Shifts]);
        await ConnectAsync("anna", queues: [Orders]);
        await SetStatusAsync("anna", AgentStatuses.Away);
        var cleo = await EnqueueAsync("cleo", Shifts);
        await DeclineAsync("bert");
        await PassAsync(RoutingSites.OverflowAfter - Instant);
        await HaveAgentAsync("carl", queues: [Shifts]);

        await PassAsync(RoutingSites.AcceptTimeout - Instant);
        Assert.Equal((ContactStates.Offered, Shifts), ((await ContactAsync(cleo.ContactId)).State, (await ContactAsync(cleo.ContactId)).Queue));
        await PassAsync(Instant);

        Assert.Equal(Orders, (await ContactAsync(cleo.ContactId)).Queue);
    }

    [Fact]
    public async Task WhileTheOtherCannotTakeIt_StaysAndIsTriedAgain()
    {
        await ConnectAsync("bert", queues: [Shifts]);
        await SetStatusAsync("bert", AgentStatuses.Away);
        var cleo = await EnqueueAsync("cleo", Shifts);
        await PassAsync(RoutingSites.OverflowAfter);
        Assert.Equal(Shifts, (await ContactAsync(cleo.ContactId)).Queue);

        await HaveAgentAsync("anna", queues: [Orders]);
        await PassAsync(RoutingSites.OverflowAfter - Instant);
        Assert.Equal(Shifts, (await ContactAsync(cleo.ContactId)).Queue);
        await PassAsync(Instant);

        Assert.Equal((Orders, "anna"), ((await ContactAsync(cleo.ContactId)).Queue, (await ContactAsync(cleo.ContactId)).Agent?.AgentId));
    }

    [Fact]
    public async Task Callbacks_GoToo_WithTheirNumberAndPlace()
    {
        await ConnectAsync("bert", queues: [Shifts]);
        await SetStatusAsync("bert", AgentStatuses.Away);
        await ConnectAsync("anna", queues: [Orders]);
        await SetStatusAsync("anna", AgentStatuses.Away);
        var call = await RequestAsync("cleo", Phone, Shifts);
        await PassAsync(Instant);
        await EnqueueAsync("dana");

        await PassAsync(RoutingSites.OverflowAfter);

        var moved = await ContactAsync(call.ContactId);
        Assert.Equal((Orders, Phone), (moved.Queue, moved.Callback?.Phone));
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, call.ContactId).Within());
    }

    [Fact]
    public async Task WhatIsClosedOrWaitsNoMore_GoesNowhere()
    {
        await ConnectAsync("bert", queues: [Shifts]);
        await SetStatusAsync("bert", AgentStatuses.Away);
        await ConnectAsync("anna", queues: [Orders]);
        await SetStatusAsync("anna", AgentStatuses.Away);
        var chat = await EnqueueAsync("cleo", Shifts);
        Accepted(await CloseAsync(chat.ContactId, Roles.Customer, "cleo"));
        var call = await RequestAsync("dana", Phone, Shifts);
        var when = Clock.GetUtcNow().AddMinutes(15);
        Accepted(await TryRescheduleAsync("dana", call.ContactId, when));

        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(ContactStates.Closed, (await ContactAsync(chat.ContactId)).State);
        Assert.Equal((ContactStates.Scheduled, Shifts), ((await ContactAsync(call.ContactId)).State, (await ContactAsync(call.ContactId)).Queue));
    }
}
