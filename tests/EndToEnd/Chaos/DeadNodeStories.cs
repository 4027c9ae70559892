using System.Globalization;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.EndToEnd.Wire;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>What becomes of the contacts of agents who were connected to a node that died.</summary>
[Collection(ChaosCollection.Name)]
public sealed class DeadNodeStories
{
    private const int Customers = 40;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>The grace begins within this time of the node's death, and its end is carried out within what is left.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task NodeKilled_AgentsWhoComeBackKeepTheirContacts_AndOthersLoseThemWithinGraceAndTenSeconds()
    {
        await using var world = await ChaosWorld.StartAsync(nodes: 2, behindNetwork: false, $"--Sites:demo:Queues:orders:AgentGrace={Grace:c}");
        var (here, doomed) = (world.Nodes[0].Address, world.Nodes[1]);
        var accounts = await world.AddAgentsAsync();
        var agents = await Task.WhenAll(accounts.Select(account => SitDownAsync(doomed.Address, account)));
        var chats = await Task.WhenAll((await world.CreateCustomersAsync(Customers)).Select(customer => StartAsync(here, customer)));
        var owners = await Task.WhenAll(chats.Select(OwnerAsync));
        var (back, away) = (accounts[..2], accounts[2..]);
        Assert.All(accounts, account => Assert.Contains(account.AgentId, owners));

        await doomed.KillHardAsync();
        var killed = TimeProvider.System.GetTimestamp();
        var returned = await Task.WhenAll(back.Select(account => SitDownAsync(here, account)));

        var lost = chats.Where((_, index) => away.Any(account => account.AgentId == owners[index])).ToList();
        var inLine = await Task.WhenAll(lost.Select(async chat =>
        {
            await chat.Client.Events.Messages.WaitForAsync(message => message.Message.Text == EventCodes.AgentAway, Grace + Promised + Promised);
            return TimeProvider.System.GetElapsedTime(killed);
        }));
        ChaosReport.Write("NodeKilled_ContactsBackInLine", string.Create(
            CultureInfo.InvariantCulture,
            $"{inLine.Length} contacts of a dead node's agents back in line {inLine.Min().TotalSeconds:0.0} to {inLine.Max().TotalSeconds:0.0} s after its death; grace {Grace.TotalSeconds:0} s"));
        Assert.InRange(inLine.Min(), Grace, Grace + Promised);
        Assert.InRange(inLine.Max(), Grace, Grace + Promised);

        // The leases of the connections that died have run out for those who came back too.
        for (var index = 0; index < back.Length; index++)
        {
            var kept = chats.Where((_, chat) => owners[chat] == back[index].AgentId).ToList();
            var mine = (await returned[index].SetStatus(new SetStatusRequest())).Contacts.Select(contact => contact.ConversationId).ToList();
            foreach (var chat in kept)
            {
                Assert.Contains(chat.ConversationId, mine);
                Assert.DoesNotContain(chat.Client.Events.Messages.Received, message => message.Message.Text == EventCodes.AgentAway);
                await returned[index].Send(new SendRequest(chat.ConversationId, WireWorld.NewId(), "Sorry, where were we?"));
            }
        }

        // And those who were lost are served again, each by one.
        Assert.All(await Task.WhenAll(lost.Select(NextOwnerAsync)), owner => Assert.Contains(owner, back.Select(account => account.AgentId)));
        await Task.WhenAll(chats.Select(chat => chat.Client.DisposeAsync().AsTask()).Concat(agents.Concat(returned).Select(agent => agent.DisposeAsync().AsTask())));
    }

    /// <summary>An agent who takes every offer.</summary>
    private static async Task<ChatClient> SitDownAsync(Uri node, SignInResult account)
    {
        var client = await ChatClient.ConnectAsync(node, account.Token).Within();
        client.Events.Offers.Arrived += offer => _ = client.AcceptOffer(new AcceptOfferRequest(offer.OfferId));
        var status = await client.SetStatus(new SetStatusRequest(AgentStatuses.Available));
        if (status.Offer is { } waiting)
        {
            await client.AcceptOffer(new AcceptOfferRequest(waiting.OfferId));
        }

        return client;
    }

    private static async Task<Chat> StartAsync(Uri node, CustomerTokenResult customer)
    {
        var client = await ChatClient.ConnectAsync(node, customer.Token).Within();
        var started = await client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders"));
        await client.Join(new JoinRequest(started.ConversationId));
        return new Chat(client, started.ConversationId);
    }

    private static async Task<string> OwnerAsync(Chat chat)
    {
        // Not only events: the agent may have joined before the customer did.
        var joined = (await chat.Client.Join(new JoinRequest(chat.ConversationId))).Messages.FirstOrDefault(IsJoined)
            ?? (await chat.Client.Events.Messages.WaitForAsync(message => IsJoined(message.Message))).Message;
        return joined.Data!["agentId"];
    }

    private static async Task<string> NextOwnerAsync(Chat chat)
    {
        var left = chat.Client.Events.Messages.Received.First(message => message.Message.Text == EventCodes.AgentAway).Message.Seq;
        var joined = await chat.Client.Events.Messages.WaitForAsync(message => IsJoined(message.Message) && message.Message.Seq > left);
        return joined.Message.Data!["agentId"];
    }

    private static bool IsJoined(LogEntry entry) => entry is { Kind: EntryKinds.Event, Text: EventCodes.AgentJoined };

    private sealed record Chat(ChatClient Client, string ConversationId);
}
