using System.Net.WebSockets;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Knowing an id, or the address of the server, gives nothing.</summary>
public abstract class StrangerStories(WireNodes nodes) : WireStories(nodes)
{
    [Fact]
    public async Task Calls_OnSomebodyElsesConversation_AreNotFound()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        var otherCustomer = await world.CustomerAsync();
        var otherAgent = await world.AgentAsync(2, AgentStatuses.Away);

        foreach (var stranger in new[] { otherCustomer.Client, otherAgent.Client })
        {
            await RefusedAsync(ErrorCodes.NotFound, () => stranger.Join(new JoinRequest(conversation)));
            await RefusedAsync(ErrorCodes.NotFound, () => stranger.Send(new SendRequest(conversation, WireWorld.NewId(), "hello")));
            await RefusedAsync(ErrorCodes.NotFound, () => stranger.SetTyping(new SetTypingRequest(conversation, true)));
            await RefusedAsync(ErrorCodes.NotFound, () => stranger.MarkRead(new MarkReadRequest(conversation, 1)));
            await RefusedAsync(ErrorCodes.NotFound, () => stranger.EndChat(new EndChatRequest(conversation)));
        }

        await RefusedAsync(ErrorCodes.NotFound, () => otherAgent.Client.AddNote(new AddNoteRequest(conversation, WireWorld.NewId(), "hello")));
        await customer.SayAsync(conversation, "still between us");
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "still between us");
        Assert.Empty(otherCustomer.Client.Events.Messages.Received);
        Assert.Empty(otherAgent.Client.Events.Messages.Received);
    }

    [Fact]
    public async Task AgentsCalls_OfACustomer_AreForbidden()
    {
        var world = Open();
        var customer = await world.CustomerAsync();

        await RefusedAsync(ErrorCodes.Forbidden, () => customer.Client.SetStatus(new SetStatusRequest(AgentStatuses.Available)));
        await RefusedAsync(ErrorCodes.Forbidden, () => customer.Client.AcceptOffer(new AcceptOfferRequest("o")));
        await RefusedAsync(ErrorCodes.Forbidden, () => customer.Client.GetQueues(new GetQueuesRequest()));
    }

    [Fact]
    public async Task CustomersCalls_OfAnAgent_AreForbidden()
    {
        var world = Open();
        var agent = await world.AgentAsync();

        await RefusedAsync(ErrorCodes.Forbidden, () => agent.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders")));
        await RefusedAsync(ErrorCodes.Forbidden, () => agent.Client.MyContacts(new MyContactsRequest()));
    }

    [Fact]
    public async Task Handshake_WithoutAGoodTokenOrOrigin_IsRefused()
    {
        var world = Open();
        var token = (await world.Api.CreateCustomerAsync(new CustomerTokenRequest("demo"))).Token;

        await Assert.ThrowsAsync<WebSocketException>(() => world.ConnectAsync(null));
        await Assert.ThrowsAsync<WebSocketException>(() => world.ConnectAsync("not.a.token"));
        await Assert.ThrowsAsync<WebSocketException>(() => world.ConnectAsync(token[..^2]));
        await Assert.ThrowsAsync<WebSocketException>(() => world.ConnectAsync(token, new ChatClientOptions(Origin: "https://evil.example")));
        await world.ConnectAsync(world.CustomersNode, token, new ChatClientOptions(Origin: world.CustomersNode.ShopAddress.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task SignIn_WithAWrongPassword_LocksAfterFiveAndSaysTheSame()
    {
        var world = Open();
        var wrong = new SignInRequest("agent3@demo.example", "guess-me-not");
        world.KeepSecret(wrong.Password);

        var unknown = await Assert.ThrowsAsync<HubRefusalException>(() => world.Api.SignInAsync(wrong with { Email = "nobody@demo.example" }));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => world.Api.SignInAsync(wrong));
            Assert.Equal(unknown.Message, refusal.Message);
        }

        await Assert.ThrowsAsync<HubRefusalException>(() => world.Api.SignInAsync(wrong with { Password = "demo" }));
    }

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubRefusalException>(call)).Code);
}

/// <summary>On the embedded engine.</summary>
[Collection(typeof(UnharmedNodes.One))]
public sealed class StrangerStoriesOnOneNode(OneNode nodes) : StrangerStories(nodes);

/// <summary>The same with customers on one node and agents on the other.</summary>
[Collection(typeof(UnharmedNodes.Two))]
public sealed class StrangerStoriesOnTwoNodes(TwoNodes nodes) : StrangerStories(nodes);
