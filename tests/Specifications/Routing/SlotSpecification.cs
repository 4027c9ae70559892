using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Call-backs at a time that the customer chose, and their moving to another one.</summary>
public abstract class SlotSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";
    private const string OtherPhone = "+31612345679";
    private const string ThirdPhone = "+31612345680";

    /// <summary>The clock starts at a full hour.</summary>
    private DateTimeOffset Start { get; } = new ManualTimeProvider().GetUtcNow();

    [Fact]
    public async Task Scheduled_EntersTheLineAtItsLead_AndIsOfferedThen()
    {
        var when = Start.AddMinutes(30);
        var call = await ScheduleAsync("cleo", Phone, when);
        Assert.Equal((ContactStates.Scheduled, when, when - RoutingSites.Lead), (call.State, call.Callback?.DueAt, call.ArrivedAt));
        Assert.Null(await Queue.GetPositionAsync(Shop, call.ContactId).Within());
        Assert.Empty(await Queue.GetLineAsync(Shop, Orders).Within());
        Assert.Single(await Queue.ListOpenContactsAsync(Shop, "cleo").Within());

        await PassAsync(TimeSpan.FromMinutes(30) - RoutingSites.Lead - TimeSpan.FromMilliseconds(1));
        await HaveAgentAsync("anna");
        Assert.Equal(ContactStates.Scheduled, (await ContactAsync(call.ContactId)).State);
        await PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        Assert.Null((await ContactAsync(call.ContactId)).Callback?.DueAt);
        Assert.Equal(
            [null, Reasons.Due, null], (await EffectsAsync()).OfType<ContactMoved>().Select(moved => moved.Reason));
    }

    /// <summary>Whoever wanted to be called later is not behind those who came when their time was already there.</summary>
    [Fact]
    public async Task Scheduled_StandsWhereItsTimePutsIt_HoweverLateItsTimerIsClaimed()
    {
        var when = Start.AddMinutes(30);
        var first = await ScheduleAsync("cleo", Phone, when);
        var second = await ScheduleAsync("dana", OtherPhone, when);
        Clock.Advance(when - RoutingSites.Lead - TimeSpan.FromSeconds(1) - Start);
        var before = await EnqueueAsync("eric");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var atOnce = await EnqueueAsync("fred");
        Clock.Advance(TimeSpan.FromSeconds(10));
        var after = await EnqueueAsync("gail");

        await FireAsync();

        var line = (await Queue.GetLineAsync(Shop, Orders).Within()).Select(place => place.ContactId).ToList();
        Assert.Equal([before.ContactId, atOnce.ContactId], line.Take(2));
        Assert.Equal([first.ContactId, second.ContactId], line.Skip(2).Take(2));
        Assert.Equal(after.ContactId, line[4]);
    }

    [Fact]
    public async Task Slot_TakesSoManyAndNoMore_UntilOneIsGivenUp()
    {
        var when = Start.AddMinutes(10);
        var first = await ScheduleAsync("cleo", Phone, when);
        await ScheduleAsync("dana", OtherPhone, when);
        Refused(ErrorCodes.QueueFull, await TryRequestAsync("eric", ThirdPhone, when: when));
        await ScheduleAsync("eric", ThirdPhone, when + RoutingSites.SlotLength);
        Assert.Equal([new(when, 2), new(when + RoutingSites.SlotLength, 1)], await SlotsAsync());

        Accepted(await CloseAsync(first.ContactId, Roles.Customer, "cleo"));

        await ScheduleAsync("fred", Phone, when);
        Assert.Equal(2, (await SlotsAsync())[0].Count);
        Assert.Equal([new(when, 2)], await Queue.CountSlotsAsync(Shop, Orders, when, when + RoutingSites.SlotLength).Within());
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Single(await SlotsAsync());
    }

    [Fact]
    public async Task When_Refusals()
    {
        foreach (var when in (DateTimeOffset[])
        [
            Start, Start - RoutingSites.SlotLength, Start.AddMinutes(7), Start.AddMinutes(10).AddMilliseconds(1), Start.AddDays(2) + RoutingSites.SlotLength,
        ])
        {
            Refused(ErrorCodes.Invalid, await TryRequestAsync("cleo", Phone, when: when));
        }

        Refused(ErrorCodes.OutsideHours, await TryRequestAsync("cleo", Phone, topic: RoutingSites.Night, when: Start.AddHours(1)));
        var atNight = await ScheduleAsync("cleo", Phone, Start.AddHours(12), topic: RoutingSites.Night);
        Assert.Equal(ContactStates.Scheduled, atNight.State);
        await PassAsync(TimeSpan.FromMinutes(10) - RoutingSites.Lead);
        Refused(ErrorCodes.Invalid, await TryRequestAsync("dana", OtherPhone, when: Start.AddMinutes(10)));
    }

    [Fact]
    public async Task AtTheOpening_IsCalledWhenItOpens_ThoughItsLeadIsBefore()
    {
        var call = await ScheduleAsync("cleo", Phone, Start.AddHours(12), topic: RoutingSites.Night);
        await HaveAgentAsync("anna", queues: [RoutingSites.Night]);

        Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMilliseconds(1));
        await RenewAsync("anna");
        await SetStatusAsync("anna", AgentStatuses.Available);
        await FireAsync();
        Assert.Equal((ContactStates.Scheduled, Start.AddHours(12)), ((await ContactAsync(call.ContactId)).State, (await ContactAsync(call.ContactId)).Callback!.DueAt));
        await PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(ContactStates.Offered, (await ContactAsync(call.ContactId)).State);
    }

    [Fact]
    public async Task Reschedule_MovesToAnotherTime_AndFreesTheOne()
    {
        var call = await ScheduleAsync("cleo", Phone, Start.AddMinutes(10));
        await ForgetEffectsAsync();

        var moved = Accepted(await TryRescheduleAsync("cleo", call.ContactId, Start.AddMinutes(20)));
        var again = Accepted(await TryRescheduleAsync("cleo", call.ContactId, Start.AddMinutes(20)));

        Assert.Equal((ContactStates.Scheduled, Start.AddMinutes(20)), (moved.State, moved.Callback?.DueAt));
        Assert.Equal(moved.Fence, again.Fence);
        Assert.Equal([new(Start.AddMinutes(20), 1)], await SlotsAsync());
        Assert.Equal(Reasons.Rescheduled, Assert.IsType<ContactMoved>(Assert.Single(await EffectsAsync())).Reason);
        await PassAsync(TimeSpan.FromMinutes(19));
        Assert.Equal(ContactStates.Scheduled, (await ContactAsync(call.ContactId)).State);
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(call.ContactId)).State);
    }

    [Fact]
    public async Task Reschedule_ToNow_EntersTheLineNow()
    {
        var call = await ScheduleAsync("cleo", Phone, Start.AddMinutes(10));
        Clock.Advance(TimeSpan.FromMinutes(1));

        var moved = Accepted(await TryRescheduleAsync("cleo", call.ContactId, null));

        Assert.Equal((ContactStates.Waiting, Start.AddMinutes(1), null), (moved.State, moved.ArrivedAt, moved.Callback?.DueAt));
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, call.ContactId).Within());
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(moved.Fence, (await ContactAsync(call.ContactId)).Fence);
    }

    [Fact]
    public async Task Reschedule_OfAnOfferedOne_WithdrawsTheOffer_AndKeepsItsPlace()
    {
        await HaveAgentAsync("anna");
        var call = await RequestAsync("cleo", Phone);
        var offer = await OfferOfAsync("anna");

        var moved = Accepted(await TryRescheduleAsync("cleo", call.ContactId, Start.AddMinutes(10)));

        Assert.Equal((ContactStates.Scheduled, null, call.ArrivedAt), (moved.State, moved.Agent, moved.ArrivedAt));
        Assert.Equal((0, null), ((await AgentAsync("anna")).Load, (await AgentAsync("anna")).Offer));
        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());
        Assert.Equal(Reasons.Rescheduled, Assert.Single((await EffectsAsync()).OfType<OfferEnded>()).Reason);
        await DisconnectAsync("anna");
        await EnqueueAsync("dana");
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, call.ContactId).Within());
    }

    [Fact]
    public async Task Reschedule_OfOneThatWasNotReached_TakesThePlaceOfTheRetry()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.NoAnswer);

        var moved = Accepted(await TryRescheduleAsync("cleo", call.ContactId, Start.AddMinutes(20)));

        Assert.Equal(Start.AddMinutes(20), moved.Callback?.DueAt);
        Assert.Single(moved.Callback!.Attempts);
        await DisconnectAsync("anna");
        await PassAsync(TimeSpan.FromMinutes(19));
        Assert.Equal(ContactStates.Scheduled, (await ContactAsync(call.ContactId)).State);
    }

    [Fact]
    public async Task Reschedule_Refusals()
    {
        var when = Start.AddMinutes(10);
        var call = await ScheduleAsync("cleo", Phone, Start.AddMinutes(20));
        var chat = await EnqueueAsync("cleo");
        await ScheduleAsync("dana", OtherPhone, when);
        await ScheduleAsync("eric", ThirdPhone, when);

        Refused(ErrorCodes.NotFound, await TryRescheduleAsync("dana", call.ContactId, when));
        Refused(ErrorCodes.NotFound, await TryRescheduleAsync("cleo", chat.ContactId, when));
        Refused(ErrorCodes.NotFound, await TryRescheduleAsync("cleo", "unknown", when));
        Refused(ErrorCodes.QueueFull, await TryRescheduleAsync("cleo", call.ContactId, when));
        Refused(ErrorCodes.Invalid, await TryRescheduleAsync("cleo", call.ContactId, when.AddMinutes(1)));
        Assert.Equal(Start.AddMinutes(20), (await ContactAsync(call.ContactId)).Callback?.DueAt);
        Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo"));
        Refused(ErrorCodes.Conflict, await TryRescheduleAsync("cleo", call.ContactId, null));
        var active = await HaveCallAsync("anna", "fred", Phone, topic: Payments);
        Refused(ErrorCodes.Conflict, await TryRescheduleAsync("fred", active.ContactId, null));
    }

    [Fact]
    public async Task Scheduled_OutlivesARestart()
    {
        var call = await ScheduleAsync("cleo", Phone, Start.AddMinutes(10));

        await RestartAsync();
        await PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(ContactStates.Waiting, (await ContactAsync(call.ContactId)).State);
    }

    private async Task<List<SlotCount>> SlotsAsync() =>
        [.. await Queue.CountSlotsAsync(Shop, Orders, Start.AddDays(-1), Start.AddDays(30)).Within()];
}
