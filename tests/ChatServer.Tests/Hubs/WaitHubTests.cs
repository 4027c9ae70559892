using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hubs;

/// <summary>How long it will be, over the wire.</summary>
public sealed class WaitHubTests : IAsyncLifetime
{
    private static readonly WaitRange Soon = new(0, 60);

    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        settings: ["--Sites:shop:Callbacks:Prefixes:0=+31", "--Sites:shop:Queues:orders:Callbacks:WrapUp=00:00:00"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Ten chats that took no time at all, and one that goes on.</summary>
    [Fact]
    public async Task Customer_IsToldBeforeChoosingAndInLine()
    {
        await using var customer = await ConnectCustomerAsync();
        await using var other = await ConnectCustomerAsync();
        await using var agent = await ConnectAgentAsync();
        Assert.Null((await OptionsAsync()).Channels[0].EstimatedWait);
        for (var i = 0; i < WaitEstimator.MinimumHandled; i++)
        {
            var served = await ServeAsync(customer, agent, i);
            await customer.EndChat(new EndChatRequest(served.ConversationId)).Within();
        }

        await ServeAsync(customer, agent, WaitEstimator.MinimumHandled);
        _server.Clock.Advance(WaitEstimates.SharedFor);

        var options = await OptionsAsync();
        Assert.Equal([Channels.Chat, Channels.Callback], options.Channels.Select(channel => channel.Channel));
        Assert.All(options.Channels, channel => Assert.Equal(Soon, channel.EstimatedWait));
        var asked = await other.RequestCallback(new RequestCallbackRequest("r1", "orders", "+31612345678")).Within();
        Assert.Equal((1, Soon), (asked.Position, asked.EstimatedWait));
        var told = await other.Events.ContactChanges.WaitForAsync(change => change.ContactId == asked.ContactId);
        Assert.Equal((1, Soon), (told.Position, told.EstimatedWait));
        var mine = Assert.Single((await other.MyContacts(new MyContactsRequest()).Within()).Contacts);
        Assert.Equal((1, Soon), (mine.Position, mine.EstimatedWait));
    }

    private static async Task<StartChatResult> ServeAsync(ChatClient customer, ChatClient agent, int number)
    {
        var chat = await customer.StartChat(new StartChatRequest($"r{number}", "orders")).Within();
        var offer = await agent.Events.Offers.WaitForAsync(offer => offer.ContactId == chat.ContactId);
        await agent.AcceptOffer(new AcceptOfferRequest(offer.OfferId)).Within();
        return chat;
    }

    private async Task<ContactOptionsResult> OptionsAsync() => await RunningServer.ReadAsync<ContactOptionsResult>(
        await _server.SendAsync(HttpMethod.Get, $"/api/contact-options?site={RunningServer.Site}&topic=orders").Within());

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
