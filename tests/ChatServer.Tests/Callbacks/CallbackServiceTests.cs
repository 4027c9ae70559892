using System.Net;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>Asking for call-backs, and serving them.</summary>
public sealed class CallbackServiceTests : IAsyncDisposable
{
    private const string Phone = "+31612345678";
    private const string Masked = "+31 •••• 5678";

    private readonly RoutingBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Request_ForNow_StandsInTheLineAndShowsNoNumber()
    {
        await _bench.StartAsync("dana");
        var status = await AskAsync("cleo", note: " About my order ");

        Assert.Equal((ContactStates.Waiting, RoutingSites.Orders, 2, null), (status.State, status.Queue, status.Position, status.DueAt));
        Assert.Equal((Masked, "About my order"), (status.Callback.Phone, status.Callback.Note));
        Assert.Equal(status.ContactId, _bench.Tokens.Read(Shop, status.ManageToken));
        var own = Assert.Single(Accepted(await _bench.Service.GetMyContactsAsync(Customer("cleo"))).Contacts);
        Assert.Equal((ContactKinds.Callback, Masked, null), (own.Kind, own.Callback?.Phone, own.ConversationId));
    }

    [Fact]
    public async Task Request_ForLater_IsScheduled()
    {
        var when = _bench.Clock.GetUtcNow().AddMinutes(10);
        var status = await AskAsync("cleo", when: when.ToOffset(TimeSpan.FromHours(1)));

        Assert.Equal((ContactStates.Scheduled, when, null), (status.State, status.DueAt, status.Position));
        Assert.Equal((when, null), (status.Callback.DueAt, status.Callback.NextAttemptAt));
    }

    [Fact]
    public async Task Request_OfAnOpenOne_AnswersItHoweverOften()
    {
        var first = await AskAsync("cleo");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(first.ContactId, (await AskAsync("cleo", requestId: $"r{i}")).ContactId);
        }
    }

    public static TheoryData<RequestCallbackRequest, string> BadForms => new()
    {
        { new RequestCallbackRequest("not an id", RoutingSites.Orders, Phone), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", null!, Phone), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", "weather", Phone), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Small, Phone), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Night, Phone), ErrorCodes.OutsideHours },
        { new RequestCallbackRequest("r", RoutingSites.Orders, null!), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Orders, "0612345678"), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Orders, "+4915112345678"), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Orders, "+31906123456"), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Orders, Phone, ContactId: "not an id"), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Orders, Phone, ContactId: "unknown"), ErrorCodes.NotFound },
        { new RequestCallbackRequest("r", RoutingSites.Orders, Phone, When: DateTimeOffset.MinValue), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Orders, Phone, When: DateTimeOffset.MaxValue), ErrorCodes.Invalid },
        { new RequestCallbackRequest("r", RoutingSites.Orders, Phone, Note: new string('x', Limits.TextLength + 1)), ErrorCodes.TooLarge },
        { new RequestCallbackRequest("r", RoutingSites.Orders, Phone, Name: new string('x', Limits.NameLength + 1)), ErrorCodes.TooLarge },
    };

    [Theory]
    [MemberData(nameof(BadForms), DisableDiscoveryEnumeration = true)]
    public async Task Request_WithABadForm_IsRefused(RequestCallbackRequest request, string code)
    {
        Refused(code, await TryAskAsync(Customer("cleo"), request));

        Assert.Empty(await _bench.Queue.ListOpenContactsAsync(Shop, "cleo"));
    }

    [Fact]
    public async Task Request_OfSomebodyElsesNumber_IsAConflictThatSaysNothing()
    {
        await AskAsync("cleo");

        var refused = await TryAskAsync(Customer("dana"), new RequestCallbackRequest("r", RoutingSites.Orders, Phone));

        Refused(ErrorCodes.Conflict, refused);
        Assert.DoesNotContain("5678", refused.Refusal?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OneNumberTooOften_IsRateLimited()
    {
        for (var i = 0; i < 6; i++)
        {
            await AskAsync($"c{i}");
            Accepted(await _bench.Callbacks.CancelAsync(Customer($"c{i}"), new CancelCallbackRequest("x", await ContactIdAsync($"c{i}"))));
        }

        Refused(ErrorCodes.RateLimited, await TryAskAsync(Customer("cleo"), new RequestCallbackRequest("r", RoutingSites.Orders, Phone)));
    }

    [Fact]
    public async Task Request_ThatTheLineRefuses_CostsItsNumberNothing()
    {
        for (var i = 0; i < 20; i++)
        {
            Refused(ErrorCodes.OutsideHours, await TryAskAsync(Customer("cleo"), new RequestCallbackRequest($"r{i}", RoutingSites.Night, Phone)));
        }

        await AskAsync("cleo");
        for (var i = 0; i < 20; i++)
        {
            Refused(ErrorCodes.Conflict, await TryAskAsync(Customer($"c{i}"), new RequestCallbackRequest("r", RoutingSites.Orders, Phone)));
        }

        Accepted(await _bench.Callbacks.CancelAsync(Customer("cleo"), new CancelCallbackRequest("x", await ContactIdAsync("cleo"))));
        await AskAsync("dana");
    }

    [Fact]
    public async Task Request_TryingNumbers_CostsWhoTries()
    {
        await AskAsync("cleo");
        for (var i = 0; i < 10; i++)
        {
            Refused(ErrorCodes.Conflict, await TryAskAsync(Customer("dana"), new RequestCallbackRequest($"r{i}", RoutingSites.Orders, Phone)));
        }

        Refused(ErrorCodes.RateLimited, await TryAskAsync(Customer("dana"), new RequestCallbackRequest("r", RoutingSites.Orders, Phone)));
    }

    [Fact]
    public async Task Roles_AreKeptApart()
    {
        var (customer, agent, callbacks) = (Customer("cleo"), Agent("anna"), _bench.Callbacks);

        Refused(ErrorCodes.Forbidden, await TryAskAsync(agent, new RequestCallbackRequest("r", RoutingSites.Orders, Phone)));
        Refused(ErrorCodes.Forbidden, await callbacks.RescheduleAsync(agent, new RescheduleCallbackRequest("r", "k")));
        Refused(ErrorCodes.Forbidden, await callbacks.CancelAsync(agent, new CancelCallbackRequest("r", "k")));
        Refused(ErrorCodes.Forbidden, await callbacks.GetAsync(agent, new GetCallbackRequest("k")));
        Refused(ErrorCodes.Forbidden, await callbacks.CompleteAsync(customer, new CompleteCallbackRequest("r", "k", CallOutcomes.Reached)));
    }

    [Fact]
    public async Task Offer_ShowsTheNumberOnlyOnceItIsAccepted()
    {
        var anna = await _bench.HaveAgentAsync("anna");
        var status = await AskAsync("cleo", note: "About my order");
        var offer = Accepted(await _bench.Service.SetStatusAsync(anna, new SetStatusRequest())).Offer!;
        await _bench.Outbox.DrainAsync(Shop);

        Assert.Equal((ContactKinds.Callback, Masked, "About my order"), (offer.Kind, offer.Callback?.Phone, offer.Callback?.Note));
        Assert.Equal(Masked, (await _bench.Notifier.NextAsync<OfferedEvent>("anna")).Callback?.Phone);
        var accepted = Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(offer.OfferId)));
        Assert.Equal((status.ContactId, null, Phone), (accepted.ContactId, accepted.ConversationId, accepted.Callback?.Phone));
        var served = Assert.Single(Accepted(await _bench.Service.SetStatusAsync(anna, new SetStatusRequest())).Contacts);
        Assert.Equal((Phone, null), (served.Callback?.Phone, served.ConversationId));
    }

    [Fact]
    public async Task Complete_Reached_ClosesAndLeavesTimeToFinishUp()
    {
        var (anna, contactId) = await HaveCallAsync("anna", "cleo");
        var request = new CompleteCallbackRequest("o", contactId, CallOutcomes.Reached, "All well");
        var completed = Accepted(await _bench.Callbacks.CompleteAsync(anna, request));

        Assert.Equal(new CompleteCallbackResult(ContactStates.Closed), completed);
        Assert.Equal(completed, Accepted(await _bench.Callbacks.CompleteAsync(anna, request)));
        Assert.Equal(
            _bench.Clock.GetUtcNow() + RoutingSites.WrapUp, Accepted(await _bench.Service.SetStatusAsync(anna, new SetStatusRequest())).WrapUpUntil);
        var status = Accepted(await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(contactId)));
        Assert.Equal((ContactStates.Closed, Reasons.Reached, null), (status.State, status.Reason, status.AttemptsLeft));
    }

    [Fact]
    public async Task AttemptsLeft_CountTheCallUnderWay_DownToNone()
    {
        var (anna, contactId) = await HaveCallAsync("anna", "cleo");
        for (var left = RoutingSites.RetryPauses.Count + 1; left > 0; left--)
        {
            var status = Accepted(await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(contactId)));
            Assert.Equal((ContactStates.Active, left, null), (status.State, status.AttemptsLeft, status.Reason));
            Accepted(await _bench.Callbacks.CompleteAsync(anna, new CompleteCallbackRequest($"o{left}", contactId, CallOutcomes.NoAnswer)));
            status = Accepted(await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(contactId)));
            Assert.Equal(left > 1 ? left - 1 : null, status.AttemptsLeft);
            Assert.Equal(left > 1 ? null : Reasons.NotReached, status.Reason);
            if (left > 1)
            {
                await CallAgainAsync(anna, contactId);
            }
        }
    }

    [Fact]
    public async Task Complete_NoAnswer_ComesBackWithWhatWasTried()
    {
        var (anna, contactId) = await HaveCallAsync("anna", "cleo");
        var at = _bench.Clock.GetUtcNow();
        var completed = Accepted(await _bench.Callbacks.CompleteAsync(anna, new CompleteCallbackRequest("o", contactId, CallOutcomes.NoAnswer, "Rang out")));
        var next = at + RoutingSites.RetryPauses[0];
        Assert.Equal(new CompleteCallbackResult(ContactStates.Scheduled, next), completed);

        var status = Accepted(await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(contactId)));
        Assert.Equal((ContactStates.Scheduled, next, next), (status.State, status.DueAt, status.Callback.NextAttemptAt));
        Assert.Equal(new CallAttemptInfo(at, CallOutcomes.NoAnswer), Assert.Single(status.Callback.Attempts));

        _bench.Clock.Advance(RoutingSites.RetryPauses[0]);
        await _bench.Queue.FireDueTimersAsync(Shop, 100).Within();
        var bert = await _bench.HaveAgentAsync("bert");
        var offer = Accepted(await _bench.Service.SetStatusAsync(bert, new SetStatusRequest())).Offer;
        Assert.Equal(contactId, offer?.ContactId);
        Assert.Equal(new CallAttemptInfo(at, CallOutcomes.NoAnswer, "anna", "Rang out"), Assert.Single(offer!.Callback!.Attempts));
    }

    [Fact]
    public async Task Complete_Refusals()
    {
        var (anna, contactId) = await HaveCallAsync("anna", "cleo");

        foreach (var outcome in (string?[])[null, "", "asleep"])
        {
            Refused(ErrorCodes.Invalid, await _bench.Callbacks.CompleteAsync(anna, new CompleteCallbackRequest("o", contactId, outcome!)));
        }

        Refused(ErrorCodes.NotFound, await _bench.Callbacks.CompleteAsync(Agent("bert"), new CompleteCallbackRequest("o", contactId, CallOutcomes.Reached)));
        Refused(ErrorCodes.NotFound, await _bench.Callbacks.CompleteAsync(anna, new CompleteCallbackRequest("o", "unknown", CallOutcomes.Reached)));
    }

    [Fact]
    public async Task Transfer_WithANote_ShowsItToAgentsAlone()
    {
        var (anna, contactId) = await HaveCallAsync("anna", "cleo");
        var at = _bench.Clock.GetUtcNow();

        Accepted(await _bench.Service.TransferAsync(anna, new TransferRequest("t", contactId, RoutingSites.Orders, Note: " Wants a refund ")));

        var status = Accepted(await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(contactId)));
        Assert.Equal(ContactStates.Waiting, status.State);
        Assert.Empty(status.Callback.Attempts);
        var bert = await _bench.HaveAgentAsync("bert");
        var offer = Accepted(await _bench.Service.SetStatusAsync(bert, new SetStatusRequest())).Offer!;
        Assert.Equal(new CallAttemptInfo(at, Reasons.Transferred, "anna", "Wants a refund"), Assert.Single(offer.Callback!.Attempts));
    }

    [Fact]
    public async Task CallUnderWay_IsNeitherCancelledNorEndedAsAChat()
    {
        var chat = await _bench.StartAsync("cleo");
        Accepted(await _bench.Callbacks.RequestAsync(
            Customer("cleo"), new RequestCallbackRequest("r2", RoutingSites.Orders, Phone, ContactId: chat.ContactId), IPAddress.Loopback).Within());
        var anna = await _bench.HaveAgentAsync("anna");
        Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(await _bench.OfferIdAsync(anna))));

        Refused(ErrorCodes.Conflict, await _bench.Callbacks.CancelAsync(Customer("cleo"), new CancelCallbackRequest("x", chat.ContactId)));
        Refused(ErrorCodes.Conflict, await _bench.Service.EndChatAsync(Customer("cleo"), new EndChatRequest(chat.ConversationId)));
        Refused(ErrorCodes.Conflict, await _bench.Service.EndChatAsync(anna, new EndChatRequest(chat.ConversationId, "solved", "All well")));

        Assert.DoesNotContain(await _bench.LogAsync(anna, chat.ConversationId), entry => entry.Kind == EntryKinds.Note);
        Accepted(await _bench.Callbacks.CompleteAsync(anna, new CompleteCallbackRequest("o", chat.ContactId, CallOutcomes.Reached)));
        Assert.Equal(ContactStates.Closed, (await _bench.Conversations.FindAsync(chat.ConversationId))?.State);
    }

    /// <summary>The customer wants the next try now.</summary>
    private async Task CallAgainAsync(Caller agent, string contactId)
    {
        Accepted(await _bench.Callbacks.RescheduleAsync(Customer("cleo"), new RescheduleCallbackRequest("m", contactId)));
        Accepted(await _bench.Service.SetStatusAsync(agent, new SetStatusRequest(AgentStatuses.Available)));
        Accepted(await _bench.Service.AcceptOfferAsync(agent, new AcceptOfferRequest(await _bench.OfferIdAsync(agent))));
    }

    private async Task<CallbackStatus> AskAsync(string customer, string requestId = "r", DateTimeOffset? when = null, string? note = null) =>
        Accepted(await TryAskAsync(Customer(customer), new RequestCallbackRequest(requestId, RoutingSites.Orders, Phone, when, Note: note)));

    private Task<Outcome<CallbackStatus>> TryAskAsync(Caller caller, RequestCallbackRequest request) =>
        _bench.Callbacks.RequestAsync(caller, request, IPAddress.Loopback).Within();

    private async Task<string> ContactIdAsync(string customer) =>
        Assert.Single(await _bench.Queue.ListOpenContactsAsync(Shop, customer)).ContactId;

    /// <summary>A call-back that the agent, new on the scene, has accepted.</summary>
    private async Task<(Caller Agent, string ContactId)> HaveCallAsync(string agentId, string customer)
    {
        var agent = await _bench.HaveAgentAsync(agentId);
        var status = await AskAsync(customer);
        Accepted(await _bench.Service.AcceptOfferAsync(agent, new AcceptOfferRequest(await _bench.OfferIdAsync(agent))));
        return (agent, status.ContactId);
    }
}
