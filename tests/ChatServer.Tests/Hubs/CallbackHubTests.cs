using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hubs;

/// <summary>Call-backs over the wire.</summary>
public sealed class CallbackHubTests : IAsyncLifetime
{
    private const string Phone = "+31612345678";
    private const string Masked = "+31 •••• 5678";

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        settings: ["--Sites:shop:Callbacks:Prefixes:0=+31", "--Sites:shop:Queues:orders:Callbacks:WrapUp=00:00:00"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Customer_IsCalledAgainAndReached()
    {
        await using var customer = await ConnectCustomerAsync();
        await using var agent = await ConnectAgentAsync();
        var asked = await customer.RequestCallback(new RequestCallbackRequest("r1", "orders", Phone, Note: "About my order")).Within();
        Assert.Equal((ContactStates.Offered, Masked), (asked.State, asked.Callback.Phone));

        var offer = await agent.Events.Offers.WaitForAsync(offer => offer.ContactId == asked.ContactId);
        Assert.Equal((ContactKinds.Callback, Masked), (offer.Kind, offer.Callback?.Phone));
        Assert.Equal(Phone, (await agent.AcceptOffer(new AcceptOfferRequest(offer.OfferId)).Within()).Callback?.Phone);
        var failed = await agent.CompleteCallback(new CompleteCallbackRequest("o1", asked.ContactId, CallOutcomes.NoAnswer)).Within();
        var again = _server.Clock.GetUtcNow().AddMinutes(10);
        Assert.Equal(new CompleteCallbackResult(ContactStates.Scheduled, again), failed);
        var told = await customer.Events.ContactChanges.WaitForAsync(change => change.State == ContactStates.Scheduled);
        Assert.Equal((Reasons.NoAnswer, again, null), (told.Reason, told.DueAt, told.ConversationId));

        await customer.RescheduleCallback(new RescheduleCallbackRequest("m1", asked.ContactId)).Within();
        var second = await agent.Events.Offers.WaitForAsync(next => next.OfferId != offer.OfferId);
        Assert.Equal((asked.ContactId, CallOutcomes.NoAnswer), (second.ContactId, Assert.Single(second.Callback!.Attempts).Outcome));
        await agent.AcceptOffer(new AcceptOfferRequest(second.OfferId)).Within();
        Assert.Equal(
            new CompleteCallbackResult(ContactStates.Closed),
            await agent.CompleteCallback(new CompleteCallbackRequest("o2", asked.ContactId, CallOutcomes.Reached)).Within());
        var closed = await customer.Events.ContactChanges.WaitForAsync(change => change.State == ContactStates.Closed);
        Assert.Equal(Reasons.Reached, closed.Reason);
        Assert.Empty((await customer.MyContacts(new MyContactsRequest()).Within()).Contacts);
        Assert.DoesNotContain(_server.Log.Lines, line => line.Text.Contains("612345678", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_CancelsFromAnotherBrowser()
    {
        await using var customer = await ConnectCustomerAsync();
        await using var elsewhere = await ConnectCustomerAsync();
        var asked = await customer.RequestCallback(new RequestCallbackRequest("r1", "orders", Phone)).Within();

        Assert.Equal(Masked, (await elsewhere.GetCallback(new GetCallbackRequest(ManageToken: asked.ManageToken)).Within()).Callback.Phone);
        var cancelled = await elsewhere.CancelCallback(new CancelCallbackRequest("x1", ManageToken: asked.ManageToken)).Within();

        Assert.Equal(ContactStates.Closed, cancelled.State);
        await customer.Events.ContactChanges.WaitForAsync(change => change.State == ContactStates.Closed);
    }

    [Fact]
    public async Task Strangers_LearnNothing()
    {
        await using var customer = await ConnectCustomerAsync();
        await using var stranger = await ConnectCustomerAsync();
        var asked = await customer.RequestCallback(new RequestCallbackRequest("r1", "orders", Phone)).Within();

        await RefusedAsync(ErrorCodes.Conflict, () => stranger.RequestCallback(new RequestCallbackRequest("r1", "orders", Phone)));
        await RefusedAsync(ErrorCodes.NotFound, () => stranger.GetCallback(new GetCallbackRequest(asked.ContactId)));
        await RefusedAsync(ErrorCodes.NotFound, () => stranger.CancelCallback(new CancelCallbackRequest("x1", asked.ContactId)));
        await RefusedAsync(
            ErrorCodes.NotFound,
            () => stranger.RequestCallback(new RequestCallbackRequest("r2", "orders", "+31612345679", ContactId: asked.ContactId)));
    }

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubRefusalException>(() => call().Within())).Code);

    private async Task<ChatClient> ConnectCustomerAsync() =>
        await ChatClient.ConnectAsync(_server.Http.BaseAddress!, (await _server.NewCustomerAsync()).Token).Within();

    private async Task<ChatClient> ConnectAgentAsync()
    {
        var account = await _server.AddAgentAsync();
        var token = (await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(account.Email))).Token;
        var agent = await ChatClient.ConnectAsync(_server.Http.BaseAddress!, token).Within();
        await agent.SetStatus(new SetStatusRequest(AgentStatuses.Available)).Within();
        return agent;
    }
}
