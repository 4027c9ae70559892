using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Call-backs for now: being asked for, called, and called again.</summary>
public abstract class CallbackSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";
    private const string OtherPhone = "+31612345679";
    private const string ThirdPhone = "+31612345680";

    [Fact]
    public async Task Request_StandsInTheSameLineAsChats()
    {
        await EnqueueAsync("dana");
        var call = await RequestAsync("cleo", Phone, topic: Orders);
        await EnqueueAsync("eric");

        Assert.Equal((ContactKinds.Callback, ContactStates.Waiting, Clock.GetUtcNow()), (call.Kind, call.State, call.ArrivedAt));
        Assert.Equal((Phone, "About my order", null), (call.Callback?.Phone, call.Callback?.Note, call.Callback?.DueAt));
        Assert.False(call.HasConversation);
        Assert.Empty(call.Callback!.Attempts);
        var line = await Queue.GetLineAsync(Shop, Orders).Within();
        Assert.Equal([1, 2, 3], line.Select(place => place.Position));
        Assert.Equal((call.ContactId, "cleo", null), (line[1].ContactId, line[1].CustomerId, line[1].ConversationId));
        await HaveAgentAsync("anna", capacity: 3);
        Assert.Equal(ContactKinds.Chat, (await AcceptAsync("anna")).Kind);
        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task Request_OfTheSameNumber_AnswersTheOpenOne_AndOnlyItsCustomer()
    {
        var first = await RequestAsync("cleo", Phone, requestId: "r");
        var again = await RequestAsync("cleo", Phone, requestId: "r");
        var elsewhere = await RequestAsync("cleo", Phone, topic: Payments);

        Assert.Equal([first.ContactId, first.ContactId], [again.ContactId, elsewhere.ContactId]);
        Refused(ErrorCodes.Conflict, await TryRequestAsync("dana", Phone));
        Assert.NotNull(await RequestAsync("dana", Phone, site: RoutingSites.OtherShop));
        Accepted(await CloseAsync(first.ContactId, Roles.Customer, "cleo"));
        Assert.Equal("dana", (await RequestAsync("dana", Phone)).Customer.CustomerId);
    }

    [Fact]
    public async Task Request_OneNumberFromManySides_MakesOneContact()
    {
        var contacts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RequestAsync("cleo", Phone, requestId: $"r{i}"))).Within();

        Assert.Single(contacts.Select(contact => contact.ContactId).Distinct());
    }

    [Fact]
    public async Task Request_Refusals()
    {
        Refused(ErrorCodes.Invalid, await TryRequestAsync("cleo", Phone, topic: "weather"));
        Refused(ErrorCodes.Invalid, await TryRequestAsync("cleo", Phone, topic: RoutingSites.Small));
        Refused(ErrorCodes.OutsideHours, await TryRequestAsync("cleo", Phone, topic: RoutingSites.Night));
        Refused(ErrorCodes.NotFound, await TryRequestAsync("cleo", Phone, site: "nowhere"));
        foreach (var customer in (string[])["x", "y", "z"])
        {
            await EnqueueAsync(customer, topic: RoutingSites.Shifts);
        }

        Refused(ErrorCodes.QueueFull, await TryRequestAsync("cleo", Phone, topic: RoutingSites.Shifts));
        await RequestAsync("cleo", Phone);
        await RequestAsync("cleo", OtherPhone);
        Refused(ErrorCodes.Conflict, await TryRequestAsync("cleo", ThirdPhone));
    }

    [Fact]
    public async Task ACustomer_HasOneChatBesideTheirCallbacks()
    {
        var call = await RequestAsync("cleo", Phone);
        var chat = await EnqueueAsync("cleo");
        var other = await RequestAsync("cleo", OtherPhone);

        Assert.Equal(chat.ContactId, (await EnqueueAsync("cleo")).ContactId);
        var open = await Queue.ListOpenContactsAsync(Shop, "cleo").Within();
        Assert.Equal([call.ContactId, chat.ContactId, other.ContactId], open.Select(contact => contact.ContactId));
        Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo"));
        Assert.Equal(2, (await Queue.ListOpenContactsAsync(Shop, "cleo").Within()).Count);
    }

    [Fact]
    public async Task AnAgentOnACall_IsOfferedNothingElse()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone, capacity: 5);
        var chat = await EnqueueAsync("dana");
        var second = await RequestAsync("eric", OtherPhone);
        Assert.Equal((1, null), ((await AgentAsync("anna")).Load, (await AgentAsync("anna")).Offer));
        Assert.Equal(1, (await Queue.GetQueuesAsync(Shop).Within())[0].AgentsAvailable);
        Refused(ErrorCodes.NotFound, await TransferAsync("anna", chat.ContactId, toAgent: "anna"));

        await CompleteAsync("anna", call.ContactId, CallOutcomes.Reached);
        await SetStatusAsync("anna", AgentStatuses.Available);

        await AcceptAsync("anna");
        Assert.Equal(second.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task AnAgentOnACall_IsOfferedChatsWhereTheSiteSaysSo()
    {
        await HaveAgentAsync("anna", capacity: 5, site: RoutingSites.OtherShop);
        await RequestAsync("cleo", Phone, site: RoutingSites.OtherShop);
        var offer = (await Queue.FindAgentAsync(RoutingSites.OtherShop, "anna").Within())!.Offer!;
        Accepted(await Queue.AcceptOfferAsync(RoutingSites.OtherShop, "anna", offer.OfferId).Within());

        var call = await RequestAsync("eric", OtherPhone, site: RoutingSites.OtherShop);
        var chat = await EnqueueAsync("dana", site: RoutingSites.OtherShop);

        Assert.Equal((ContactStates.Waiting, ContactStates.Offered), (call.State, chat.State));
    }

    [Fact]
    public async Task AColleagueOnACall_TakesNoSecondOne()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await HaveAgentAsync("bert", capacity: 5);
        await RequestAsync("dana", OtherPhone);
        await AcceptAsync("bert");

        Refused(ErrorCodes.Conflict, await TransferAsync("anna", call.ContactId, toAgent: "bert"));
        var moved = Accepted(await TransferAsync("anna", call.ContactId, toQueue: Payments));

        Assert.Equal((Payments, ContactStates.Waiting, call.ArrivedAt), (moved.Queue, moved.State, moved.ArrivedAt));
    }

    [Theory]
    [InlineData(CallOutcomes.Reached)]
    [InlineData(CallOutcomes.WrongNumber)]
    public async Task Complete_EndsTheCallback_AndItsRepetitionIsAnsweredAlike(string outcome)
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await ForgetEffectsAsync();

        var closed = Accepted(await TryCompleteAsync("anna", call.ContactId, outcome, requestId: "o", note: "Will write"));
        var again = Accepted(await TryCompleteAsync("anna", call.ContactId, outcome, requestId: "o"));

        Assert.Equal((ContactStates.Closed, "anna", closed.Fence), (closed.State, closed.Agent?.AgentId, again.Fence));
        Assert.Equal(new ContactEnd(Clock.GetUtcNow(), outcome), closed.End);
        Assert.Equal(closed.End, again.End);
        Assert.Equal(new CallAttempt(Clock.GetUtcNow(), outcome, "anna", "Will write"), Assert.Single(closed.Callback!.Attempts));
        var moved = Assert.IsType<ContactMoved>(Assert.Single(await EffectsAsync()));
        Assert.Equal((ContactStates.Closed, "anna", outcome), (moved.Contact.State, moved.AgentId, moved.Reason));
        Assert.Equal(ContactStates.Waiting, (await RequestAsync("dana", Phone)).State);
    }

    [Fact]
    public async Task Complete_Refusals()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        var chat = await EnqueueAsync("dana");
        await HaveAgentAsync("bert");

        Refused(ErrorCodes.NotFound, await TryCompleteAsync("bert", call.ContactId, CallOutcomes.Reached));
        Refused(ErrorCodes.NotFound, await TryCompleteAsync("bert", chat.ContactId, CallOutcomes.Reached));
        Refused(ErrorCodes.NotFound, await TryCompleteAsync("anna", "unknown", CallOutcomes.Reached));
        await Assert.ThrowsAsync<ArgumentException>(() => TryCompleteAsync("anna", call.ContactId, "laughed"));
        await CompleteAsync("anna", call.ContactId, CallOutcomes.Reached);
        Refused(ErrorCodes.Stale, await TryCompleteAsync("anna", call.ContactId, CallOutcomes.Reached));
    }

    [Fact]
    public async Task CallUnderWay_EndsWithItsOutcomeAlone()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await ForgetEffectsAsync();

        Refused(ErrorCodes.Conflict, await CloseAsync(call.ContactId, Roles.Customer, "cleo"));
        Refused(ErrorCodes.Conflict, await CloseAsync(call.ContactId, Roles.Agent, "anna"));
        Refused(ErrorCodes.NotFound, await CloseAsync(call.ContactId, Roles.Agent, "bert"));

        Assert.Empty(await EffectsAsync());
        Assert.Equal((ContactStates.Active, call.Fence), ((await ContactAsync(call.ContactId)).State, (await ContactAsync(call.ContactId)).Fence));
        await CompleteAsync("anna", call.ContactId, CallOutcomes.Reached);
        Assert.Equal(ContactStates.Closed, Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo")).State);
    }

    [Fact]
    public async Task OfferedCallback_EndedByItsCustomer_IsWithdrawn()
    {
        await HaveAgentAsync("anna");
        var call = await RequestAsync("cleo", Phone);
        await ForgetEffectsAsync();

        Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo"));

        Assert.Contains(await EffectsAsync(), effect => effect is OfferEnded { AgentId: "anna", Reason: Reasons.EndedByCustomer });
        Assert.Null((await AgentAsync("anna")).Offer);
    }

    [Fact]
    public async Task TransferNote_OfWhatHasNoConversation_IsKeptAmongTheAttempts_AndIsNoCall()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        var transfer = new TransferCommand("t", Shop, call.ContactId, "anna", Orders, ToAgentId: null, "Wants a refund");

        var moved = Accepted(await Queue.TransferAsync(transfer).Within());
        Accepted(await Queue.TransferAsync(transfer).Within());

        Assert.Equal(ContactStates.Waiting, moved.State);
        var note = new CallAttempt(Clock.GetUtcNow(), Reasons.Transferred, "anna", "Wants a refund");
        Assert.Equal(note, Assert.Single((await ContactAsync(call.ContactId)).Callback!.Attempts));
        await HaveAgentAsync("bert");
        Assert.Equal(note, Assert.Single((await AcceptAsync("bert")).Callback!.Attempts));
        var failed = await CompleteAsync("bert", call.ContactId, CallOutcomes.NoAnswer);
        Assert.Equal(Clock.GetUtcNow() + RoutingSites.RetryPauses[0], failed.Callback!.DueAt);
        Assert.Equal([Reasons.Transferred, CallOutcomes.NoAnswer], failed.Callback.Attempts.Select(attempt => attempt.Outcome));
    }

    [Fact]
    public async Task WrapUp_KeepsTheAgentFreeOfOffers_UntilItEndsOrTheySaySo()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.Reached);
        Assert.Equal(Clock.GetUtcNow() + RoutingSites.WrapUp, (await AgentAsync("anna")).WrapUpUntil);
        Assert.Equal(0, (await Queue.GetQueuesAsync(Shop).Within())[0].AgentsAvailable);
        var first = await EnqueueAsync("dana");
        await PassAsync(RoutingSites.WrapUp - TimeSpan.FromMilliseconds(1));
        Assert.Null((await AgentAsync("anna")).Offer);

        await PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(first.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        Assert.Null((await AgentAsync("anna")).WrapUpUntil);
        await AcceptAsync("anna");
        Accepted(await CloseAsync(first.ContactId, Roles.Agent, "anna"));
        await RequestAsync("eric", Phone);
        await CompleteAsync("anna", (await AcceptAsync("anna")).ContactId, CallOutcomes.Reached);
        await EnqueueAsync("fred");
        Assert.NotNull((await SetStatusAsync("anna", AgentStatuses.Available)).Offer);
    }

    [Theory]
    [InlineData(CallOutcomes.NoAnswer)]
    [InlineData(CallOutcomes.Busy)]
    [InlineData(CallOutcomes.Voicemail)]
    public async Task FailedCall_IsMadeAgainAfterEachPause_FromItsPlace_AndThenNoMore(string outcome)
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        foreach (var pause in RoutingSites.RetryPauses)
        {
            var failed = await CompleteAsync("anna", call.ContactId, outcome);
            Assert.Equal((ContactStates.Scheduled, null, Clock.GetUtcNow() + pause), (failed.State, failed.Agent, failed.Callback!.DueAt));
            Assert.Equal(0, (await AgentAsync("anna")).Load);
            Assert.Equal(call.ContactId, (await RequestAsync("cleo", Phone)).ContactId);
            await SetStatusAsync("anna", AgentStatuses.Away);
            var later = await EnqueueAsync($"later-{pause}");
            await PassAsync(pause - TimeSpan.FromMilliseconds(1));
            Assert.Equal(ContactStates.Scheduled, (await ContactAsync(call.ContactId)).State);

            await PassAsync(TimeSpan.FromMilliseconds(1));

            var due = await ContactAsync(call.ContactId);
            Assert.Equal((ContactStates.Waiting, call.ArrivedAt, null), (due.State, due.ArrivedAt, due.Callback!.DueAt));
            Assert.Equal(1, await Queue.GetPositionAsync(Shop, call.ContactId).Within());
            Accepted(await CloseAsync(later.ContactId, Roles.Customer, later.Customer.CustomerId));
            await SetStatusAsync("anna", AgentStatuses.Available);
            await AcceptAsync("anna");
        }

        await ForgetEffectsAsync();
        var given = await CompleteAsync("anna", call.ContactId, outcome);

        Assert.Equal((ContactStates.Closed, RoutingSites.RetryPauses.Count + 1), (given.State, given.Callback!.Attempts.Count));
        Assert.Equal(Reasons.NotReached, Assert.IsType<ContactMoved>((await EffectsAsync())[^1]).Reason);
        Assert.Equal(new ContactEnd(Clock.GetUtcNow(), Reasons.NotReached), (await ContactAsync(call.ContactId)).End);
        Assert.Empty(await Queue.ListOpenContactsAsync(Shop, "cleo").Within());
    }

    [Fact]
    public async Task ScheduledCallback_EndedByItsCustomer_IsNotMade()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.NoAnswer);

        Assert.Null((await ContactAsync(call.ContactId)).End);
        var end = new ContactEnd(Clock.GetUtcNow(), Reasons.EndedByCustomer);
        Assert.Equal(end, Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo")).End);

        await PassAsync(RoutingSites.RetryPauses[0]);
        Assert.Equal((ContactStates.Closed, end), ((await ContactAsync(call.ContactId)).State, (await ContactAsync(call.ContactId)).End));
        Assert.Null((await AgentAsync("anna")).Offer);
    }

    [Fact]
    public async Task ScheduledCallback_OutlivesARestart()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.NoAnswer);

        await RestartAsync();
        await PassAsync(RoutingSites.RetryPauses[0]);

        Assert.Equal(ContactStates.Waiting, (await ContactAsync(call.ContactId)).State);
    }

    /// <summary>The shift ends four minutes after the clock starts and the next begins two later.</summary>
    [Fact]
    public async Task ClosedQueue_CallsNobody_UntilItOpens()
    {
        var call = await RequestAsync("cleo", Phone, topic: RoutingSites.Shifts);
        var chat = await EnqueueAsync("dana", topic: RoutingSites.Shifts);
        await PassAsync(TimeSpan.FromMinutes(4));

        await HaveAgentAsync("anna", queues: [RoutingSites.Shifts]);

        Assert.Equal(chat.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        await AcceptAsync("anna");
        Accepted(await CloseAsync(chat.ContactId, Roles.Agent, "anna"));
        Assert.Equal(ContactStates.Waiting, (await ContactAsync(call.ContactId)).State);
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, call.ContactId).Within());
        await PassAsync(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        Assert.Null((await AgentAsync("anna")).Offer);
        await PassAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task FailedCall_WhosePauseEndsWhileClosed_IsMadeWhenItOpens()
    {
        await PassAsync(TimeSpan.FromMinutes(3.5));
        var call = await HaveCallAsync("anna", "cleo", Phone, topic: RoutingSites.Shifts);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.Busy);

        await PassAsync(RoutingSites.RetryPauses[0]);

        var putOff = await ContactAsync(call.ContactId);
        Assert.Equal((ContactStates.Scheduled, Clock.GetUtcNow() + TimeSpan.FromMinutes(1.5)), (putOff.State, putOff.Callback!.DueAt));
        await PassAsync(TimeSpan.FromMinutes(1.5));
        Assert.Equal(call.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task Callback_OfAnAgentWhoIsGone_ReturnsToItsPlace()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace);
        await HaveAgentAsync("bert");

        Assert.Equal(call.ContactId, (await OfferOfAsync("bert")).Contact.ContactId);
        Assert.DoesNotContain(await EffectsAsync(), effect => effect is ConversationOpened or ConversationChanged);
    }
}
