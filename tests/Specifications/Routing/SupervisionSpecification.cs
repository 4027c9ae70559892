using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Supervision;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>What supervisors do to contacts: moving them to another queue, and changing their place.</summary>
public abstract class SupervisionSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";

    private static readonly Supervisor Sam = new("sam", "Sam");

    [Fact]
    public async Task Move_KeepsThePlace_AndOffersToWhoeverIsThere()
    {
        var first = await EnqueueAsync("cleo");
        await PassAsync(TimeSpan.FromSeconds(1));
        await EnqueueAsync("dana", topic: Payments);

        Assert.True(Accepted(await MoveAsync(first.ContactId, Payments)));

        var line = await Queue.GetLineAsync(Shop, Payments).Within();
        Assert.Equal(["cleo", "dana"], line.Select(place => place.CustomerId));
        Assert.Empty(await Queue.GetLineAsync(Shop, Orders).Within());
        await HaveAgentAsync("anna", queues: [Payments]);
        var accepted = await AcceptAsync("anna");
        Assert.Equal((first.ContactId, Payments, first.ArrivedAt), (accepted.ContactId, accepted.Queue, accepted.ArrivedAt));
    }

    [Fact]
    public async Task Move_OfAnOfferedOne_WithdrawsTheOffer()
    {
        await HaveAgentAsync("anna");
        var contact = await EnqueueAsync("cleo");
        var second = await EnqueueAsync("dana");
        await ForgetEffectsAsync();

        Assert.True(Accepted(await MoveAsync(contact.ContactId, Payments)));

        Assert.Contains(await EffectsAsync(), effect => effect is OfferEnded { AgentId: "anna", Reason: Reasons.Moved });
        Assert.Contains(await EffectsAsync(), effect => effect is ContactMoved { Contact.Queue: Payments, Reason: Reasons.Moved });
        Assert.Equal(second.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        Assert.Equal((ContactStates.Waiting, Payments), ((await ContactAsync(contact.ContactId)).State, (await ContactAsync(contact.ContactId)).Queue));
    }

    [Fact]
    public async Task Move_OfAScheduledOne_TakesItsTimeAlong()
    {
        var when = Clock.GetUtcNow().AddMinutes(5);
        var call = await ScheduleAsync("cleo", Phone, when, topic: Orders);

        Assert.True(Accepted(await MoveAsync(call.ContactId, RoutingSites.Shifts)));

        Assert.Empty(await Queue.CountSlotsAsync(Shop, Orders, when, when.AddHours(1)).Within());
        Assert.Equal(new SlotCount(when, 1), Assert.Single(await Queue.CountSlotsAsync(Shop, RoutingSites.Shifts, when, when.AddHours(1)).Within()));
        await PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal((ContactStates.Waiting, RoutingSites.Shifts), ((await ContactAsync(call.ContactId)).State, (await ContactAsync(call.ContactId)).Queue));
    }

    [Fact]
    public async Task Move_Refusals()
    {
        var active = await HaveActiveAsync("anna", "cleo");
        var call = await RequestAsync("dana", Phone);

        Refused(ErrorCodes.Conflict, await MoveAsync(active.ContactId, Payments));
        Accepted(await CloseAsync(active.ContactId, Roles.Customer, "cleo"));
        Refused(ErrorCodes.Conflict, await MoveAsync(active.ContactId, Payments));
        Refused(ErrorCodes.Invalid, await MoveAsync(call.ContactId, RoutingSites.Small));
        Refused(ErrorCodes.NotFound, await MoveAsync("unknown", Payments));
        Refused(ErrorCodes.NotFound, await MoveAsync(call.ContactId, "weather"));
        Assert.Empty(await Acts.ListAsync(Shop, after: 0, limit: 10).Within());
    }

    [Fact]
    public async Task HeadStart_MovesUp_AndIsTakenBack()
    {
        await EnqueueAsync("cleo");
        await PassAsync(TimeSpan.FromSeconds(10));
        var late = await EnqueueAsync("dana");

        Assert.True(Accepted(await SetHeadStartAsync(late.ContactId, 9)));
        Assert.Equal(2, await Queue.GetPositionAsync(Shop, late.ContactId).Within());
        Assert.True(Accepted(await SetHeadStartAsync(late.ContactId, 11)));
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, late.ContactId).Within());
        await HaveAgentAsync("anna");
        Assert.Equal(late.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        await DeclineAsync("anna");
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, late.ContactId).Within());
        Assert.True(Accepted(await SetHeadStartAsync(late.ContactId, 0)));
        Assert.Equal(2, await Queue.GetPositionAsync(Shop, late.ContactId).Within());
        Assert.False(Accepted(await SetHeadStartAsync(late.ContactId, 0)));
        Assert.Equal(late.ArrivedAt, (await ContactAsync(late.ContactId)).ArrivedAt);
    }

    [Fact]
    public async Task HeadStart_TakenBack_WhereSomebodyStandsMeanwhile_IsJustBehindThem()
    {
        var entersAt = Clock.GetUtcNow().AddMinutes(5) - RoutingSites.Lead;
        var call = await ScheduleAsync("cleo", Phone, Clock.GetUtcNow().AddMinutes(5));
        Clock.Advance(entersAt - Clock.GetUtcNow());
        var chat = await EnqueueAsync("dana");
        await SetHeadStartAsync(chat.ContactId, 60);
        await FireAsync();
        Assert.Equal((2, 1), (await Queue.GetPositionAsync(Shop, call.ContactId).Within(), await Queue.GetPositionAsync(Shop, chat.ContactId).Within()));

        await SetHeadStartAsync(chat.ContactId, 0);
        var next = await EnqueueAsync("eric");

        var line = await Queue.GetLineAsync(Shop, Orders).Within();
        Assert.Equal([call.ContactId, chat.ContactId, next.ContactId], line.Select(place => place.ContactId));
    }

    [Fact]
    public async Task HeadStart_Refusals()
    {
        var active = await HaveActiveAsync("anna", "cleo");
        var scheduled = await ScheduleAsync("dana", Phone, Clock.GetUtcNow().AddMinutes(5));

        Refused(ErrorCodes.Conflict, await SetHeadStartAsync(active.ContactId, 60));
        Refused(ErrorCodes.Conflict, await SetHeadStartAsync(scheduled.ContactId, 60));
        Refused(ErrorCodes.NotFound, await SetHeadStartAsync("unknown", 60));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SetHeadStartAsync(active.ContactId, -1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => SetHeadStartAsync(active.ContactId, 1_801));
    }

    [Fact]
    public async Task Acts_AreRecordedOnce()
    {
        var contact = await EnqueueAsync("cleo");
        await MoveAsync(contact.ContactId, Payments);
        Assert.False(Accepted(await MoveAsync(contact.ContactId, Payments)));
        await SetHeadStartAsync(contact.ContactId, 60);
        Assert.False(Accepted(await SetHeadStartAsync(contact.ContactId, 60)));

        var acts = await Acts.ListAsync(Shop, after: 0, limit: 10).Within();

        Assert.Equal(
            [
                new SupervisionAct(1, Clock.GetUtcNow(), "sam", "Sam", SupervisionActs.ContactMoved, contact.ContactId, $"{Orders} {Payments}"),
                new SupervisionAct(2, Clock.GetUtcNow(), "sam", "Sam", SupervisionActs.PrioritySet, contact.ContactId, "60"),
            ],
            acts);
    }

    private Task<Outcome<bool>> MoveAsync(string contactId, string queue) =>
        Queue.MoveContactAsync(new MoveContactCommand(Shop, contactId, queue, Sam)).Within();

    private Task<Outcome<bool>> SetHeadStartAsync(string contactId, int seconds) =>
        Queue.SetHeadStartAsync(new SetHeadStartCommand(Shop, contactId, seconds, Sam)).Within();
}
