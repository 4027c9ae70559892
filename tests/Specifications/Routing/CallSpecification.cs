using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Calls that a provider makes: being told to ask for them, at least once, and how they go.</summary>
public abstract class CallSpecification : ContactQueueSpecification
{
    private const string Site = RoutingSites.CallCentre;
    private const string Phone = "+31612345678";

    [Fact]
    public async Task Accept_TellsOneNodeToMakeTheCall_AndAnotherWhenThatIsSilent()
    {
        var call = await TakeCallAsync();
        Assert.Equal(new CallProgress(CallStates.Dialling), call.Callback!.Call);

        var told = Assert.Single(await FireCallsAsync());

        Assert.Equal((call.ContactId, call.Fence, "anna", Phone), (told.ContactId, told.Fence, told.Agent?.AgentId, told.Callback?.Phone));
        Clock.Advance(RoutingRules.CallBegunWithin - TimeSpan.FromMilliseconds(1));
        Assert.Empty(await FireCallsAsync());
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var again = Assert.Single(await FireCallsAsync());
        Assert.Equal((call.ContactId, call.Fence), (again.ContactId, again.Fence));
    }

    [Fact]
    public async Task Accept_TakesTheCallOutOfTheLine()
    {
        await HaveAgentAsync("anna");
        await RequestAsync("cleo", Phone);
        Assert.Equal(1, await WaitingAsync());

        var call = await AcceptAsync("anna");
        Assert.Equal(0, await WaitingAsync());
        await CompleteAsync("anna", call.ContactId, CallOutcomes.NoAnswer);
        Assert.Equal(0, await WaitingAsync());

        async Task<int> WaitingAsync() => (await Queue.GetQueuesAsync(Shop).Within()).Single(queue => queue.Name == Orders).Waiting;
    }

    [Fact]
    public async Task Accept_WhereAgentsDial_TellsNobody()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);

        Assert.Null(call.Callback!.Call);
        Assert.Empty((await FireAsync()).Calls);
        Assert.Equal(CallHold.Over, await Queue.HoldCallAsync(Shop, call.ContactId, call.Fence, TimeSpan.FromSeconds(1)).Within());
        Assert.Equal(CallStatusResult.Late, await Queue.NoteCallAsync(new CallNews(Shop, call.ContactId, call.Fence, CallStates.Ringing)).Within());
    }

    [Fact]
    public async Task Accept_OutlivesARestart()
    {
        var call = await TakeCallAsync();

        await RestartAsync();

        Assert.Equal(call.ContactId, Assert.Single(await FireCallsAsync()).ContactId);
    }

    [Fact]
    public async Task Hold_KeepsTheCall_UntilItsTimeIsOverOrItIsGivenUp()
    {
        var call = await TakeCallAsync();
        await FireCallsAsync();

        Assert.Equal(CallHold.Stands, await HoldAsync(call, TimeSpan.FromSeconds(20)));
        Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Empty(await FireCallsAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await FireCallsAsync());
        await HoldAsync(call, TimeSpan.Zero);
        Assert.Single(await FireCallsAsync());
    }

    [Fact]
    public async Task Hold_OfWhatIsOver_SaysSo()
    {
        var call = await TakeCallAsync();
        Assert.Equal(CallHold.Over, await HoldAsync(call with { Fence = call.Fence - 1 }, TimeSpan.FromSeconds(1)));
        Assert.Equal(CallHold.Over, await HoldAsync(call with { ContactId = "unknown" }, TimeSpan.FromSeconds(1)));
        Assert.Equal(CallHold.Over, await Queue.HoldCallAsync("nowhere", call.ContactId, call.Fence, TimeSpan.FromSeconds(1)).Within());

        Accepted(await Queue.CompleteCallbackAsync(new CompleteCallbackCommand("o", Site, call.ContactId, "anna", CallOutcomes.NoAnswer, null)).Within());

        Assert.Equal(CallHold.Over, await HoldAsync(call, TimeSpan.FromSeconds(1)));
        Assert.Empty(await FireCallsAsync());
    }

    /// <summary>The shift ends four minutes after the clock starts.</summary>
    [Fact]
    public async Task Hold_WhenTheQueueHasClosed_CallsNobody()
    {
        Clock.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromSeconds(1));
        var call = await TakeCallAsync(RoutingSites.Shifts);
        Assert.Equal(CallHold.Stands, await HoldAsync(call, TimeSpan.FromSeconds(1)));

        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CallHold.OutsideHours, await HoldAsync(call, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Note_ThatTheProviderTookIt_EndsTheTelling()
    {
        var call = await TakeCallAsync();
        await FireCallsAsync();

        Assert.Equal(CallStatusResult.Taken, await NoteAsync(call, CallStates.Dialling));

        Clock.Advance(RoutingRules.CallBegunWithin);
        Assert.Empty(await FireCallsAsync());
    }

    [Fact]
    public async Task Note_GoesOnAndNeverBack_AndTellsTheAgent()
    {
        var call = await TakeCallAsync();
        await ForgetEffectsOfSiteAsync();

        Assert.Equal(CallStatusResult.Taken, await NoteAsync(call, CallStates.Ringing));
        Assert.Equal(CallStatusResult.Late, await NoteAsync(call, CallStates.Ringing));
        Assert.Equal(CallStatusResult.Late, await NoteAsync(call, CallStates.Dialling));
        Assert.Equal(CallStatusResult.Late, await NoteAsync(call, CallStates.LeftToAgent, "unreachable"));
        Assert.Equal(CallStatusResult.Taken, await NoteAsync(call, CallStates.Ended, CallEndings.NoAnswer));
        Assert.Equal(CallStatusResult.Late, await NoteAsync(call, CallStates.Answered));

        var told = (await Queue.ReadEffectsAsync(Site, 100).Within()).Select(effect => Assert.IsType<CallChanged>(effect).Contact).ToList();
        Assert.Equal([new CallProgress(CallStates.Ringing), new CallProgress(CallStates.Ended, CallEndings.NoAnswer)], told.Select(contact => contact.Callback!.Call!));
        Assert.Equal((call.ContactId, "anna", Phone), (told[0].ContactId, told[0].Agent?.AgentId, told[0].Callback!.Phone));
        var anna = (await Queue.FindAgentAsync(Site, "anna").Within())!;
        Assert.Equal(new CallProgress(CallStates.Ended, CallEndings.NoAnswer), Assert.Single(anna.Contacts).Callback!.Call);
        Assert.Equal(CallHold.Over, await HoldAsync(call, TimeSpan.FromSeconds(1)));
        await Assert.ThrowsAsync<ArgumentException>(() => NoteAsync(call, "humming"));
    }

    [Fact]
    public async Task Note_LeftToTheAgent_WhomTheProviderCallsAllTheSame_IsTaken()
    {
        var call = await TakeCallAsync();

        Assert.Equal(CallStatusResult.Taken, await NoteAsync(call, CallStates.LeftToAgent, "unreachable"));
        Assert.Equal(CallHold.Over, await HoldAsync(call, TimeSpan.FromSeconds(1)));
        Assert.Equal(CallStatusResult.Taken, await NoteAsync(call, CallStates.Ringing));
    }

    [Fact]
    public async Task Note_OfAnotherTaking_ChangesNothing()
    {
        var call = await TakeCallAsync();
        Assert.Equal(CallStatusResult.Unknown, await NoteAsync(call with { ContactId = "unknown" }, CallStates.Ringing));
        Assert.Equal(CallStatusResult.Unknown, await NoteAsync(call with { Fence = call.Fence + 1 }, CallStates.Ringing));
        Assert.Equal(CallStatusResult.Unknown, await NoteAsync(call with { SiteId = "nowhere" }, CallStates.Ringing));
        Accepted(await Queue.TransferAsync(new TransferCommand("t", Site, call.ContactId, "anna", RoutingSites.Orders, null)).Within());

        Assert.Equal(CallStatusResult.Late, await NoteAsync(call, CallStates.Ringing));

        var second = await TakeCallAsync(agent: "bert", isAsked: false);
        Assert.Equal(call.ContactId, second.ContactId);
        Assert.Equal(CallStatusResult.Late, await NoteAsync(call, CallStates.Ringing));
        Assert.Equal(new CallProgress(CallStates.Dialling), (await Queue.FindContactAsync(Site, call.ContactId).Within())!.Callback!.Call);
        Assert.Equal(second.Fence, Assert.Single(await FireCallsAsync()).Fence);
    }

    /// <summary>A call-back that the agent, new on the scene, has just taken.</summary>
    private async Task<Contact> TakeCallAsync(string topic = RoutingSites.Orders, string agent = "anna", bool isAsked = true)
    {
        await HaveAgentAsync(agent, queues: [topic], site: Site);
        if (isAsked)
        {
            await RequestAsync("cleo", Phone, topic, site: Site);
        }

        var offer = (await Queue.FindAgentAsync(Site, agent).Within())!.Offer!;
        return Accepted(await Queue.AcceptOfferAsync(Site, agent, offer.OfferId).Within());
    }

    private async Task<IReadOnlyList<Contact>> FireCallsAsync() => (await Queue.FireDueTimersAsync(Site, limit: 1_000).Within()).Calls;

    private Task<CallHold> HoldAsync(Contact call, TimeSpan time) => Queue.HoldCallAsync(Site, call.ContactId, call.Fence, time).Within();

    private Task<CallStatusResult> NoteAsync(Contact call, string status, string? detail = null) =>
        Queue.NoteCallAsync(new CallNews(call.SiteId, call.ContactId, call.Fence, status, detail)).Within();

    private async Task ForgetEffectsOfSiteAsync()
    {
        var effects = await Queue.ReadEffectsAsync(Site, 1_000).Within();
        await Queue.CompleteEffectsAsync(Site, effects[^1].EffectId).Within();
    }
}
