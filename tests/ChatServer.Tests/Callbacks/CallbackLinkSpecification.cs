using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>Who has a call-back's token hears how it goes, over the hub: on the embedded engine, and on another node than everybody else.</summary>
public abstract class CallbackLinkSpecification : IAsyncLifetime
{
    private const string Phone = "+31612345678";

    private RunningServer _server = null!;

    /// <summary>Where the link is opened.</summary>
    private RunningServer _elsewhere = null!;

    public virtual async ValueTask InitializeAsync()
    {
        _server = await StartNodeAsync();
        _elsewhere = HasTwoNodes ? await StartNodeAsync() : _server;
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (HasTwoNodes)
        {
            await _elsewhere.DisposeAsync();
        }

        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual bool HasTwoNodes => false;

    protected virtual IReadOnlyList<string> EngineSettings => [];

    [Fact]
    public async Task Link_OnAnotherDevice_HearsHowItGoesToItsEnd()
    {
        await using var customer = await ConnectCustomerAsync(_server);
        await using var link = await ConnectCustomerAsync(_elsewhere);
        await using var stranger = await ConnectCustomerAsync(_elsewhere);
        var asked = await customer.RequestCallback(new RequestCallbackRequest("r1", "orders", Phone)).Within();
        var request = new GetCallbackRequest(ManageToken: asked.ManageToken);
        Assert.Equal(ContactStates.Waiting, (await link.GetCallback(request).Within()).State);
        await using var agent = await ConnectAgentAsync();

        await HeardAsync(link, asked, ContactStates.Offered);
        var offer = await agent.Events.Offers.WaitForAsync(_ => true);
        await agent.AcceptOffer(new AcceptOfferRequest(offer.OfferId)).Within();
        Assert.Equal("ada", (await HeardAsync(link, asked, ContactStates.Active)).Agent?.Name);
        await agent.CompleteCallback(new CompleteCallbackRequest("o1", asked.ContactId, CallOutcomes.Voicemail)).Within();
        var failed = await HeardAsync(link, asked, ContactStates.Scheduled);
        Assert.Equal((Reasons.Voicemail, true), (failed.Reason, failed.DueAt is not null));
        await customer.CancelCallback(new CancelCallbackRequest("x1", asked.ContactId)).Within();
        Assert.Equal(Reasons.EndedByCustomer, (await HeardAsync(link, asked, ContactStates.Closed)).Reason);

        Assert.Equal(Reasons.EndedByCustomer, (await link.GetCallback(request).Within()).Reason);
        await Assert.ThrowsAsync<HubRefusalException>(() => stranger.GetCallback(new GetCallbackRequest(asked.ContactId)).Within());
        Assert.Empty(stranger.Events.ContactChanges.Received);
        Assert.All(link.Events.ContactChanges.Received, change => Assert.Equal((asked.ContactId, null), (change.ContactId, change.ConversationId)));
    }

    [Fact]
    public async Task Link_ThatCancels_IsHeardByTheCustomer_AndWhereElseItIsOpen()
    {
        await using var customer = await ConnectCustomerAsync(_server);
        await using var link = await ConnectCustomerAsync(_elsewhere);
        await using var other = await ConnectCustomerAsync(_server);
        var asked = await customer.RequestCallback(new RequestCallbackRequest("r1", "orders", Phone)).Within();
        await link.GetCallback(new GetCallbackRequest(ManageToken: asked.ManageToken)).Within();
        await other.GetCallback(new GetCallbackRequest(ManageToken: asked.ManageToken)).Within();

        await link.CancelCallback(new CancelCallbackRequest("x1", ManageToken: asked.ManageToken)).Within();

        foreach (var client in new[] { customer, link, other })
        {
            Assert.Equal(Reasons.EndedByCustomer, (await HeardAsync(client, asked, ContactStates.Closed)).Reason);
        }
    }

    private static Task<ContactChangedEvent> HeardAsync(ChatClient client, CallbackStatus callback, string state) =>
        client.Events.ContactChanges.WaitForAsync(change => change.ContactId == callback.ContactId && change.State == state);

    private static async Task<ChatClient> ConnectCustomerAsync(RunningServer server) =>
        await ChatClient.ConnectAsync(server.Address, (await server.NewCustomerAsync()).Token).Within();

    private async Task<ChatClient> ConnectAgentAsync()
    {
        var account = await _server.AddAgentAsync();
        var token = (await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(account.Email))).Token;
        var agent = await ChatClient.ConnectAsync(_server.Address, token).Within();
        await agent.SetStatus(new SetStatusRequest(AgentStatuses.Available)).Within();
        return agent;
    }

    private Task<RunningServer> StartNodeAsync() => RunningServer.StartAsync(
        settings: [$"--Sites:{RunningServer.Site}:Callbacks:Prefixes:0=+31", $"--Sites:{RunningServer.Site}:Queues:orders:Callbacks:WrapUp=00:00:00", .. EngineSettings],

        // As Redis' own, which says when a call-back ended.
        clock: new ManualTimeProvider(TimeProvider.System.GetUtcNow()));
}

public sealed class SqliteCallbackLinkTests : CallbackLinkSpecification;

public sealed class RedisCallbackLinkTests : CallbackLinkSpecification
{
    private RedisServer? _redis;

    protected override bool HasTwoNodes => true;

    protected override IReadOnlyList<string> EngineSettings =>
        [ServerSetup.Redis(_redis!.Configuration), $"--Auth:SigningKey={RunningServer.IdentityKey}"];

    public override async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartDurableAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _redis!.DisposeAsync();
    }
}
