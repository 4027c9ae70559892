using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Supervision;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Queues that supervisors close for now.</summary>
public abstract class ClosureSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";

    private static readonly Supervisor Sam = new("sam", "Sam");

    [Fact]
    public async Task ClosedQueue_TakesNobodyAndCallsNobody_UntilItIsOpened()
    {
        var call = await RequestAsync("cleo", Phone);
        var chat = await EnqueueAsync("dana");
        Assert.True(await CloseQueueAsync());

        Refused(ErrorCodes.OutsideHours, await TryEnqueueAsync("eric"));
        Refused(ErrorCodes.OutsideHours, await TryRequestAsync("eric", "+31612345679"));
        Refused(ErrorCodes.OutsideHours, await Queue.SwitchToChatAsync(new SwitchToChatCommand("s", Shop, call.ContactId, "cleo")).Within());
        Accepted(await TryEnqueueAsync("eric", topic: Payments));
        await HaveAgentAsync("anna", capacity: 3);
        Assert.Equal(chat.ContactId, (await AcceptAsync("anna")).ContactId);
        Assert.Null((await AgentAsync("anna")).Offer);
        Assert.Equal((ContactStates.Waiting, 1), ((await ContactAsync(call.ContactId)).State, await Queue.GetPositionAsync(Shop, call.ContactId).Within()));

        Assert.True(await OpenQueueAsync());

        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        await EnqueueAsync("eric");
    }

    [Fact]
    public async Task ClosedQueue_WithAnEnd_OpensByItself()
    {
        var call = await RequestAsync("cleo", Phone);
        await CloseQueueAsync(until: TimeSpan.FromMinutes(10));
        await HaveAgentAsync("anna");
        Assert.Equal(Clock.GetUtcNow().AddMinutes(10), (await ClosureAsync())?.OpensAt);
        await PassAsync(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Null((await AgentAsync("anna")).Offer);

        await PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        Assert.Null(await ClosureAsync());
        await EnqueueAsync("dana");
    }

    /// <summary>The shift ends four minutes after the clock starts and the next begins two later.</summary>
    [Fact]
    public async Task ClosedQueue_WhoseEndIsOutsideItsHours_OpensWithThose()
    {
        var call = await RequestAsync("cleo", Phone, topic: RoutingSites.Shifts);
        await CloseQueueAsync(RoutingSites.Shifts, TimeSpan.FromMinutes(5));
        await HaveAgentAsync("anna", queues: [RoutingSites.Shifts]);
        Assert.Equal(Clock.GetUtcNow().AddMinutes(6), (await ClosureAsync(RoutingSites.Shifts))?.OpensAt);

        await PassAsync(TimeSpan.FromMinutes(6) - TimeSpan.FromMilliseconds(1));
        Assert.Null((await AgentAsync("anna")).Offer);
        await PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task ScheduledCallback_DueWhileClosedUntilATime_IsCalledThen()
    {
        var call = await ScheduleAsync("cleo", Phone, Clock.GetUtcNow().AddMinutes(5));
        await CloseQueueAsync(until: TimeSpan.FromMinutes(20));
        await HaveAgentAsync("anna");

        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal((ContactStates.Waiting, null), ((await ContactAsync(call.ContactId)).State, (await AgentAsync("anna")).Offer));
        await PassAsync(TimeSpan.FromMinutes(15));
        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task ScheduledCallback_DueWhileClosedUntilATime_IsCalledSoonerWhenSomebodyOpens()
    {
        var call = await ScheduleAsync("cleo", Phone, Clock.GetUtcNow().AddMinutes(5));
        await CloseQueueAsync(until: TimeSpan.FromMinutes(20));
        await HaveAgentAsync("anna");
        await PassAsync(TimeSpan.FromMinutes(5));

        await OpenQueueAsync();

        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task ScheduledCallback_DueWhileClosedForWhoKnowsHowLong_WaitsInItsPlace()
    {
        var call = await ScheduleAsync("cleo", Phone, Clock.GetUtcNow().AddMinutes(5));
        await CloseQueueAsync();
        await HaveAgentAsync("anna");

        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal((ContactStates.Waiting, null), ((await ContactAsync(call.ContactId)).State, (await AgentAsync("anna")).Offer));
        await OpenQueueAsync();
        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task ClosedQueue_IsKnownToEstimatesOfWaits()
    {
        await CloseQueueAsync();

        var lines = (await Queue.GetWaitsAsync(Shop).Within()).Lines;

        Assert.Equal([Orders], lines.Where(line => line.IsClosedForNow).Select(line => line.Queue));
    }

    [Fact]
    public async Task Times_BeforeTheEnd_CannotBeChosen()
    {
        var now = Clock.GetUtcNow();
        await CloseQueueAsync(until: TimeSpan.FromMinutes(10));

        Refused(ErrorCodes.OutsideHours, await TryRequestAsync("cleo", Phone, when: now.AddMinutes(5)));
        Accepted(await TryRequestAsync("cleo", Phone, when: now.AddMinutes(10)));
        await CloseQueueAsync();
        Accepted(await TryRequestAsync("dana", "+31612345679", when: now.AddMinutes(5)));
    }

    [Fact]
    public async Task Close_AndOpen_AreKeptOverARestart_AndShown()
    {
        await CloseQueueAsync(until: TimeSpan.FromHours(1));
        await RestartAsync();

        Assert.Equal(Clock.GetUtcNow().AddHours(1), (await ClosureAsync())?.Until);
        Assert.Null(await ClosureAsync(Payments));
        await CloseQueueAsync();
        Assert.Equal(new QueueClosure(null, null), await ClosureAsync());
        await OpenQueueAsync();
        Assert.Null(await ClosureAsync());
    }

    [Fact]
    public async Task Acts_AreRecordedOnceWithWhoAndWhen()
    {
        var (first, end) = (Clock.GetUtcNow(), Clock.GetUtcNow().AddHours(1));
        Assert.True(await CloseQueueAsync(until: TimeSpan.FromHours(1)));
        Assert.False(Accepted(await Queue.CloseQueueAsync(new CloseQueueCommand(Shop, Orders, end, Sam)).Within()));
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await OpenQueueAsync());
        Assert.False(await OpenQueueAsync());

        var acts = await Acts.ListAsync(Shop, after: 0, limit: 10).Within();

        var endText = end.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            [
                new SupervisionAct(1, first, "sam", "Sam", SupervisionActs.QueueClosed, Orders, endText),
                new SupervisionAct(2, first.AddMinutes(1), "sam", "Sam", SupervisionActs.QueueOpened, Orders, null),
            ],
            acts);
        Assert.Equal(2, Assert.Single(await Acts.ListAsync(Shop, after: 1, limit: 10).Within()).Number);
        Assert.Equal(1, Assert.Single(await Acts.ListAsync(Shop, after: 0, limit: 1).Within()).Number);
        Assert.Empty(await Acts.ListAsync(RoutingSites.OtherShop, after: 0, limit: 10).Within());
    }

    [Fact]
    public async Task Refusals()
    {
        Refused(ErrorCodes.NotFound, await Queue.CloseQueueAsync(new CloseQueueCommand(Shop, "weather", null, Sam)).Within());
        Refused(ErrorCodes.NotFound, await Queue.CloseQueueAsync(new CloseQueueCommand("nowhere", Orders, null, Sam)).Within());
        Refused(ErrorCodes.NotFound, await Queue.OpenQueueAsync(new OpenQueueCommand(Shop, "weather", Sam)).Within());
        Refused(ErrorCodes.Invalid, await Queue.CloseQueueAsync(new CloseQueueCommand(Shop, Orders, Clock.GetUtcNow(), Sam)).Within());
        Assert.Empty(await Acts.ListAsync(Shop, after: 0, limit: 10).Within());
    }

    private async Task<bool> CloseQueueAsync(string queue = Orders, TimeSpan? until = null) =>
        Accepted(await Queue.CloseQueueAsync(new CloseQueueCommand(Shop, queue, Clock.GetUtcNow() + until, Sam)).Within());

    private async Task<bool> OpenQueueAsync() => Accepted(await Queue.OpenQueueAsync(new OpenQueueCommand(Shop, Orders, Sam)).Within());

    private async Task<QueueClosure?> ClosureAsync(string queue = Orders) =>
        (await Queue.GetQueuesAsync(Shop).Within()).Single(state => state.Name == queue).Closure;
}
