using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>Passing a contact on, and ending it.</summary>
public abstract class TransferSpecification : ContactQueueSpecification
{
    [Fact]
    public async Task ToQueue_WaitsThereWhereItWouldHaveStood()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await EnqueueAsync("dana", topic: Payments);

        var moved = Accepted(await TransferAsync("anna", cleo.ContactId, toQueue: Payments));

        Assert.Equal((Payments, ContactStates.Waiting, cleo.ArrivedAt), (moved.Queue, moved.State, moved.ArrivedAt));
        Assert.Null(moved.Agent);
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, cleo.ContactId).Within());
        Assert.Equal(0, (await AgentAsync("anna")).Load);
    }

    [Fact]
    public async Task ToQueue_IsOfferedAtOnce_AndFreesTheAgentForTheNext()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("bert", queues: [Payments]);
        var dana = await EnqueueAsync("dana");

        Accepted(await TransferAsync("anna", cleo.ContactId, toQueue: Payments));

        Assert.Equal(cleo.ContactId, (await OfferOfAsync("bert")).Contact.ContactId);
        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Fact]
    public async Task ToOwnQueue_PassesOverWhoPassedItOn()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");

        Accepted(await TransferAsync("anna", cleo.ContactId, toQueue: Orders));
        Assert.Null((await AgentAsync("anna")).Offer);
        Clock.Advance(TimeSpan.FromSeconds(30));
        await RenewAsync("anna");
        await PassAsync(RoutingRules.PassedOverFor - TimeSpan.FromSeconds(30));

        Assert.Equal(cleo.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
    }

    [Theory]
    [InlineData(RoutingSites.Night)]
    [InlineData(RoutingSites.Small)]
    public async Task ToQueue_WhateverItsHoursAndLength(string queue)
    {
        await EnqueueAsync("x", topic: RoutingSites.Small);
        await EnqueueAsync("y", topic: RoutingSites.Small);
        var cleo = await HaveActiveAsync("anna", "cleo");

        Assert.Equal(queue, Accepted(await TransferAsync("anna", cleo.ContactId, toQueue: queue)).Queue);
    }

    [Fact]
    public async Task ToAgent_IsOfferedToThemBeforeAnybodyElse()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        await HaveActiveAsync("carl", "dana", capacity: 2);
        await HaveAgentAsync("bert");

        // Bert would be chosen: he has nothing to do and Carl has.
        var moved = Accepted(await TransferAsync("anna", cleo.ContactId, toAgent: "carl"));

        Assert.Equal((ContactStates.Offered, "carl", Orders), (moved.State, moved.Agent?.AgentId, moved.Queue));
        Assert.Equal(cleo.ArrivedAt, moved.ArrivedAt);
    }

    [Fact]
    public async Task ToAgent_WhoDoesNotTakeIt_IsRoutedAsUsual()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("bert");
        await HaveAgentAsync("carl");
        Accepted(await TransferAsync("anna", cleo.ContactId, toAgent: "carl"));

        await DeclineAsync("carl");

        Assert.Equal("bert", (await ContactAsync(cleo.ContactId)).Agent?.AgentId);
    }

    [Fact]
    public async Task ToAgent_WhoDeclinedItBefore_IsStillPossible()
    {
        await HaveAgentAsync("bert");
        var cleo = await EnqueueAsync("cleo");
        await DeclineAsync("bert");
        await HaveAgentAsync("anna");
        await AcceptAsync("anna");

        Assert.Equal("bert", Accepted(await TransferAsync("anna", cleo.ContactId, toAgent: "bert")).Agent?.AgentId);
    }

    [Fact]
    public async Task Repeated_DoesNothingAndAnswersAlike()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("bert");
        Accepted(await TransferAsync("anna", cleo.ContactId, toAgent: "bert", requestId: "t"));
        await AcceptAsync("bert");

        var again = Accepted(await TransferAsync("anna", cleo.ContactId, toAgent: "bert", requestId: "t"));

        Assert.Equal((cleo.ContactId, ContactStates.Active, "bert"), (again.ContactId, again.State, again.Agent?.AgentId));
    }

    [Fact]
    public async Task Transfer_Refusals()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("bert");
        await SetStatusAsync("bert", AgentStatuses.Away);

        Refused(ErrorCodes.NotFound, await TransferAsync("anna", "unknown", toQueue: Payments));
        Refused(ErrorCodes.NotFound, await TransferAsync("bert", cleo.ContactId, toQueue: Payments));
        Refused(ErrorCodes.NotFound, await TransferAsync("anna", cleo.ContactId, toQueue: "weather"));
        Refused(ErrorCodes.NotFound, await TransferAsync("anna", cleo.ContactId, toAgent: "nobody"));
        Refused(ErrorCodes.Invalid, await TransferAsync("anna", cleo.ContactId));
        Refused(ErrorCodes.Invalid, await TransferAsync("anna", cleo.ContactId, toQueue: Payments, toAgent: "bert"));
        Refused(ErrorCodes.Invalid, await TransferAsync("anna", cleo.ContactId, toAgent: "anna"));
        Refused(ErrorCodes.Conflict, await TransferAsync("anna", cleo.ContactId, toAgent: "bert"));
        Assert.Equal(cleo.Fence, (await ContactAsync(cleo.ContactId)).Fence);
    }

    [Theory]
    [InlineData("busy")]
    [InlineData("offered")]
    [InlineData("gone")]
    [InlineData("without-the-queue")]
    public async Task ToAgent_WhoCannotTakeIt_IsAConflict(string target)
    {
        await HaveActiveAsync("busy", "x");
        var cleo = await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("offered", capacity: 2);
        await EnqueueAsync("y");
        await HaveAgentAsync("gone");
        await DisconnectAsync("gone");
        await HaveAgentAsync("without-the-queue", queues: [Payments]);

        Refused(ErrorCodes.Conflict, await TransferAsync("anna", cleo.ContactId, toAgent: target));
    }

    [Fact]
    public async Task Transfer_OfWhatIsNoLongerActive_IsStale()
    {
        var cleo = await HaveActiveAsync("anna", "cleo");
        await DisconnectAsync("anna");
        await PassAsync(RoutingSites.Grace);
        Refused(ErrorCodes.Stale, await TransferAsync("anna", cleo.ContactId, toQueue: Payments));
        await HaveAgentAsync("bert");
        await AcceptAsync("bert");

        Refused(ErrorCodes.NotFound, await TransferAsync("anna", cleo.ContactId, toQueue: Payments));
        Accepted(await CloseAsync(cleo.ContactId, Roles.Agent, "bert"));
        Refused(ErrorCodes.Stale, await TransferAsync("bert", cleo.ContactId, toQueue: Payments));
    }

    [Fact]
    public async Task Close_ByTheCustomer_WhileWaiting()
    {
        var cleo = await EnqueueAsync("cleo");
        var dana = await EnqueueAsync("dana");

        var closed = Accepted(await CloseAsync(cleo.ContactId, Roles.Customer, "cleo"));

        Assert.Equal((ContactStates.Closed, null), (closed.State, closed.Agent));
        Assert.True(closed.Fence > cleo.Fence);
        Assert.Equal(1, await Queue.GetPositionAsync(Shop, dana.ContactId).Within());
    }

    [Fact]
    public async Task Close_ByTheCustomer_WhileOffered_WithdrawsTheOffer()
    {
        await HaveAgentAsync("anna");
        var cleo = await EnqueueAsync("cleo");
        var dana = await EnqueueAsync("dana");
        var offer = await OfferOfAsync("anna");

        var closed = Accepted(await CloseAsync(cleo.ContactId, Roles.Customer, "cleo"));

        Assert.Null(closed.Agent);
        Refused(ErrorCodes.Stale, await Queue.AcceptOfferAsync(Shop, "anna", offer.OfferId).Within());
        Assert.Equal(dana.ContactId, (await OfferOfAsync("anna")).Contact.ContactId);
        var ended = Assert.Single((await EffectsAsync()).OfType<OfferEnded>());
        Assert.Equal((offer.OfferId, "anna", Reasons.EndedByCustomer), (ended.OfferId, ended.AgentId, ended.Reason));
    }

    [Theory]
    [InlineData(Roles.Customer, "cleo")]
    [InlineData(Roles.Agent, "anna")]
    public async Task Close_WhileActive_AndItsRepetitionIsAnsweredAsItIs(string role, string personId)
    {
        var cleo = await HaveActiveAsync("anna", "cleo");

        var closed = Accepted(await CloseAsync(cleo.ContactId, role, personId));
        var again = Accepted(await CloseAsync(cleo.ContactId, role, personId));
        var byTheOther = Accepted(await CloseAsync(cleo.ContactId, Roles.Agent, "anna"));

        Assert.Equal((ContactStates.Closed, "anna"), (closed.State, closed.Agent?.AgentId));
        Assert.Equal([closed.Fence, closed.Fence], [again.Fence, byTheOther.Fence]);
        Assert.Equal(0, (await AgentAsync("anna")).Load);
        await PassAsync(RoutingRules.PassedOverFor);
        Assert.Equal(ContactStates.Closed, (await ContactAsync(cleo.ContactId)).State);
    }

    [Fact]
    public async Task Close_ByAnybodyElse_IsNotFound()
    {
        await HaveAgentAsync("anna");
        var cleo = await EnqueueAsync("cleo");
        Refused(ErrorCodes.NotFound, await CloseAsync(cleo.ContactId, Roles.Agent, "anna"));
        await AcceptAsync("anna");

        Refused(ErrorCodes.NotFound, await CloseAsync(cleo.ContactId, Roles.Customer, "dana"));
        Refused(ErrorCodes.NotFound, await CloseAsync(cleo.ContactId, Roles.Agent, "bert"));
        Refused(ErrorCodes.NotFound, await CloseAsync(cleo.ContactId, Roles.Agent, "cleo"));
        Refused(ErrorCodes.NotFound, await CloseAsync("unknown", Roles.Customer, "cleo"));
    }
}
