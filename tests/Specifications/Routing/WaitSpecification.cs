using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>What engines keep for estimates of waits: handling times in every step, and what was shown first.</summary>
public abstract class WaitSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";

    private static readonly WaitRange Shown = new(60, 240);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Queue_ThatServedNobody_HasNoTimes()
    {
        await HaveAgentAsync("anna", capacity: 3, queues: [Orders, Payments]);

        var waits = await Queue.GetWaitsAsync(Shop).Within();

        Assert.Equal(Clock.GetUtcNow(), waits.At);
        Assert.Equal(new RoutingSites().All.First().Queues.Select(queue => queue.Name), waits.Lines.Select(line => line.Queue));
        Assert.All(waits.Lines, line => Assert.Equal(new LineFacts(line.Queue, 0, 0, 0, default), line));
        var agent = Assert.Single(waits.Agents);
        Assert.Equal((3, 0, false, false), (agent.Capacity, agent.Load, agent.IsOnCall, agent.IsFinishingUp));
        Assert.Equal([Orders, Payments], agent.Queues.Order());
    }

    [Fact]
    public async Task Chat_HoldsItsSeat_FromTheOfferToTheEnd()
    {
        var expected = default(HandlingTimes).Took(Now());
        var chat = await HaveOfferAsync();
        Assert.Equal(expected, await TimesAsync());
        await PassAsync(TimeSpan.FromSeconds(10));
        await AcceptAsync("anna");
        Assert.Equal(expected.AsOf(Now()), await TimesAsync());
        await PassAsync(7 * Minute);
        Accepted(await CloseAsync(chat.ContactId, Roles.Agent, "anna"));

        expected = expected.GaveBack(Now(), handled: true);
        Assert.Equal(expected, await TimesAsync());
        Assert.Equal((0, HandlingTimes.One), (expected.Serving, expected.Handled));
    }

    [Fact]
    public async Task Offer_ThatCameToNothing_GivesTheSeatBackUnserved()
    {
        var expected = default(HandlingTimes).Took(Now());
        await HaveOfferAsync();
        await PassAsync(TimeSpan.FromSeconds(5));
        await DeclineAsync("anna");
        expected = expected.GaveBack(Now(), handled: false);
        Assert.Equal(expected, await TimesAsync());

        // Nobody else is there, so it is offered again a minute later, and not answered.
        await PassAsync(RoutingRules.PassedOverFor);
        expected = expected.Took(Now());
        await PassAsync(RoutingSites.AcceptTimeout);
        expected = expected.GaveBack(Now(), handled: false);

        Assert.Equal(expected, await TimesAsync());
        Assert.Equal((0, 0), (expected.Serving, expected.Handled));
        Assert.True(expected.Held > 0);
    }

    [Fact]
    public async Task ClosedWhileOffered_OrWaiting_IsNotServed()
    {
        var expected = default(HandlingTimes).Took(Now());
        var offered = await HaveOfferAsync();
        var waiting = await EnqueueAsync("dana");
        await PassAsync(TimeSpan.FromSeconds(3));
        Accepted(await CloseAsync(waiting.ContactId, Roles.Customer, "dana"));
        Assert.Equal(expected, await TimesAsync());

        Accepted(await CloseAsync(offered.ContactId, Roles.Customer, "cleo"));

        Assert.Equal(expected.GaveBack(Now(), handled: false), await TimesAsync());
    }

    [Fact]
    public async Task AgentGone_OrPassedOnWithinTheQueue_HasNotHandledIt()
    {
        var expected = default(HandlingTimes).Took(Now());
        var chat = await HaveActiveAsync("anna", "cleo");
        await ConnectAsync("bert");
        await SetStatusAsync("bert", AgentStatuses.Available);
        await PassAsync(Minute);
        Accepted(await TransferAsync("anna", chat.ContactId, toAgent: "bert"));
        expected = expected.GaveBack(Now(), handled: false).Took(Now());
        Assert.Equal(expected, await TimesAsync());
        await AcceptAsync("bert");
        await SetStatusAsync("anna", AgentStatuses.Away);
        await DisconnectAsync("bert");
        await PassAsync(RoutingSites.Grace);

        expected = expected.GaveBack(Now(), handled: false);
        Assert.Equal(expected, await TimesAsync());
        Assert.Equal((0, 0), (expected.Serving, expected.Handled));
    }

    [Fact]
    public async Task TransferToAnotherQueue_IsHandledInTheFirst()
    {
        var expected = default(HandlingTimes).Took(Now());
        var chat = await HaveActiveAsync("anna", "cleo");
        await PassAsync(2 * Minute);

        Accepted(await TransferAsync("anna", chat.ContactId, toQueue: Payments));

        Assert.Equal(expected.GaveBack(Now(), handled: true), await TimesAsync());
        Assert.Equal(default, await TimesAsync(Payments));
    }

    [Theory]
    [InlineData(CallOutcomes.Reached, true)]
    [InlineData(CallOutcomes.NoAnswer, false)]
    public async Task Call_HoldsItsSeat_UntilTheWrapUpIsOver(string outcome, bool handled)
    {
        var expected = default(HandlingTimes).Took(Now());
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await PassAsync(2 * Minute);
        Assert.True(Assert.Single((await Queue.GetWaitsAsync(Shop).Within()).Agents).IsOnCall);
        await CompleteAsync("anna", call.ContactId, outcome);
        expected = expected.GaveBack(Now(), handled).Took(Now());
        Assert.Equal(expected, await TimesAsync());
        var agent = Assert.Single((await Queue.GetWaitsAsync(Shop).Within()).Agents);
        Assert.Equal((false, true), (agent.IsOnCall, agent.IsFinishingUp));

        await PassAsync(RoutingSites.WrapUp);

        Assert.Equal(expected.GaveBack(Now(), handled: false), await TimesAsync());
    }

    [Fact]
    public async Task WrapUp_EndedByTheAgent_GivesTheSeatBack()
    {
        var expected = default(HandlingTimes).Took(Now());
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.Reached);
        await PassAsync(TimeSpan.FromSeconds(12));

        await SetStatusAsync("anna", AgentStatuses.Available);

        Assert.Equal(expected.GaveBack(Now() - 12_000, handled: true).Took(Now() - 12_000).GaveBack(Now(), handled: false), await TimesAsync());
    }

    /// <summary>The two engines reckon in different numbers; what they keep is the same over steps, days and a clock that steps back.</summary>
    [Fact]
    public async Task Times_OverDays_AreThoseOfTheRecord()
    {
        var (random, expected, open) = (new Random(1), default(HandlingTimes), new Queue<Contact>());
        await HaveAgentAsync("anna", capacity: 100);
        for (var i = 0; i < 60; i++)
        {
            expected = expected.Took(Now());
            await EnqueueAsync($"c{i}");
            open.Enqueue(await AcceptAsync("anna"));
            if (open.Count > random.Next(1, 8))
            {
                var chat = open.Dequeue();
                Accepted(await CloseAsync(chat.ContactId, Roles.Customer, chat.Customer.CustomerId));
                expected = expected.GaveBack(Now(), handled: true);
            }

            Assert.Equal(expected, await TimesAsync());
            await MoveClockAsync(random);
        }
    }

    [Fact]
    public async Task Lines_CountWhoWaits_AndWhoIsOffered()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        await EnqueueAsync("dana");
        await RequestAsync("eric", Phone);
        await EnqueueAsync("fred", topic: Payments);

        var waits = await Queue.GetWaitsAsync(Shop).Within();

        Assert.Equal([(3, 2, 1), (1, 1, 0)], waits.Lines.Take(2).Select(line => (line.InLine, line.Waiting, line.CallsWaiting)));
        Assert.Equal(1, Assert.Single(waits.Agents).Load);
    }

    [Fact]
    public async Task Agents_WhoAreAwayOrGone_DoNotCount()
    {
        await HaveAgentAsync("anna");
        await HaveAgentAsync("bert");
        await HaveAgentAsync("carl", capacity: 2);
        await SetStatusAsync("anna", AgentStatuses.Away);
        await DisconnectAsync("bert");

        Assert.Equal(2, Assert.Single((await Queue.GetWaitsAsync(Shop).Within()).Agents).Capacity);
        Assert.Empty((await Queue.GetWaitsAsync(RoutingSites.OtherShop).Within()).Agents);
        Assert.Empty((await Queue.GetWaitsAsync("nowhere").Within()).Lines);
        Clock.Advance(RoutingRules.PresenceLease);
        Assert.Empty((await Queue.GetWaitsAsync(Shop).Within()).Agents);
    }

    [Fact]
    public async Task Shown_FirstIsKept_UntilAnAgentTakesTheContact()
    {
        var chat = await EnqueueAsync("cleo");
        await ShowAsync(chat, Shown);
        var at = Clock.GetUtcNow();
        Clock.Advance(Minute);
        await ShowAsync(chat, new WaitRange(0, 60));
        Assert.Equal(new ShownWait(Shown, at), (await ContactAsync(chat.ContactId)).Shown);
        Assert.True(Assert.Single(await Queue.GetLineAsync(Shop, Orders).Within()).IsWaitKept);
        await HaveAgentAsync("anna");
        await DeclineAsync("anna");
        await ForgetEffectsAsync();
        await PassAsync(RoutingRules.PassedOverFor);
        Assert.Null((await AcceptAsync("anna")).Shown);

        Assert.Equal(new ShownWait(Shown, at), AcceptedContact(await EffectsAsync()).Shown);

        await ForgetEffectsAsync();
        Accepted(await TransferAsync("anna", chat.ContactId, toQueue: Orders));
        await ShowAsync(chat, Shown);
        await HaveAgentAsync("bert");
        await AcceptAsync("bert");
        Assert.Null(AcceptedContact(await EffectsAsync()).Shown);
    }

    [Fact]
    public async Task Shown_OfACallbackThatIsMoved_CountsNoMore()
    {
        var call = await RequestAsync("cleo", Phone);
        await ShowAsync(call, Shown);
        var when = Clock.GetUtcNow() + RoutingSites.SlotLength;
        Accepted(await TryRescheduleAsync("cleo", call.ContactId, when));
        Assert.Null((await ContactAsync(call.ContactId)).Shown);
        await ShowAsync(call, Shown);
        Assert.Null((await ContactAsync(call.ContactId)).Shown);

        await PassAsync(RoutingSites.SlotLength);
        await ShowAsync(call, Shown);

        Assert.Equal(new ShownWait(Shown, Clock.GetUtcNow()), (await ContactAsync(call.ContactId)).Shown);
        await Queue.KeepShownWaitsAsync(Shop, [new WaitShown("unknown", Shown)]).Within();
        await Queue.KeepShownWaitsAsync("nowhere", [new WaitShown(call.ContactId, Shown)]).Within();
    }

    private async Task<Contact> HaveOfferAsync()
    {
        await HaveAgentAsync("anna");
        return await EnqueueAsync("cleo");
    }

    private async Task MoveClockAsync(Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                Clock.Advance(TimeSpan.FromHours(random.Next(1, 60)));
                await ConnectAsync("anna", capacity: 100);
                break;
            case 1:
                Clock.Advance(-TimeSpan.FromMilliseconds(random.Next(400_000)));
                break;
            default:
                Clock.Advance(TimeSpan.FromMilliseconds(random.Next(7_000)));
                await RenewAsync("anna");
                break;
        }
    }

    private Task ShowAsync(Contact contact, WaitRange range) =>
        Queue.KeepShownWaitsAsync(Shop, [new WaitShown(contact.ContactId, range)]).Within();

    /// <summary>Without what <see cref="AnswerSpecification"/> is about.</summary>
    private async Task<HandlingTimes> TimesAsync(string queue = Orders) =>
        (await Queue.GetWaitsAsync(Shop).Within()).Lines.Single(line => line.Queue == queue).Times with { Answers = default };

    private static Contact AcceptedContact(IReadOnlyList<RoutingEffect> effects) =>
        effects.OfType<ContactMoved>().Single(moved => moved.Contact.State == ContactStates.Active).Contact;

    private long Now() => Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
