using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing;

public sealed class RoutingServiceTests : IAsyncDisposable
{
    private readonly RoutingBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task StartChat_New_WaitsWithItsFirstMessageInTheLog()
    {
        await _bench.StartAsync("cleo");
        var chat = await _bench.StartAsync("dana", "Where is my order?", "r2");

        Assert.Equal((ContactStates.Waiting, RoutingSites.Orders, 2), (chat.State, chat.Queue, chat.Position));
        Assert.Equal(chat.Epoch, (await _bench.Conversations.FindAsync(chat.ConversationId))?.Epoch);
        var entry = Assert.Single(await _bench.LogAsync(Customer("dana"), chat.ConversationId));
        Assert.Equal(("r2", "Where is my order?", EntryKinds.Text), (entry.MessageId, entry.Text, entry.Kind));
    }

    [Fact]
    public async Task StartChat_Repeated_AnswersAlikeAndSaysNothingTwice()
    {
        var first = await _bench.StartAsync("cleo");
        await _bench.Outbox.DrainAsync(Shop);
        var again = await _bench.StartAsync("cleo");

        Assert.Equal(first, again);
        Assert.Single(await _bench.LogAsync(Customer("cleo"), first.ConversationId));
    }

    [Fact]
    public async Task StartChat_WithAnOpenOne_AnswersItAndKeepsWhatWasWrittenThisTime()
    {
        var first = await _bench.StartAsync("cleo", text: null);
        var second = await _bench.StartAsync("cleo", "Also this", "r2");
        await _bench.StartAsync("cleo", "Also this", "r2");

        Assert.Equal(first.ContactId, second.ContactId);
        var entry = Assert.Single(await _bench.LogAsync(Customer("cleo"), first.ConversationId));
        Assert.Equal(("r2", "Also this"), (entry.MessageId, entry.Text));
    }

    [Fact]
    public async Task StartChat_OfAVerifiedCustomer_KeepsWhatTheShopSigned()
    {
        var cleo = Customer("cleo") with { Name = "Cleo", Email = "cleo@shop.example", IsVerified = true };
        var request = new StartChatRequest("r", RoutingSites.Orders, Name: "The boss", Email: "boss@shop.example", OrderId: " 17\n ");
        Accepted(await _bench.Service.StartChatAsync(cleo, request));

        var customer = Assert.Single(await _bench.Queue.ListOpenContactsAsync(Shop, "cleo")).Customer;

        Assert.Equal(("Cleo", "cleo@shop.example", true, "nl", "17"), (customer.Name, customer.Email, customer.Verified, customer.Locale, customer.OrderId));
    }

    public static TheoryData<StartChatRequest, string> BadForms => new()
    {
        { new StartChatRequest("not an id", RoutingSites.Orders), ErrorCodes.Invalid },
        { new StartChatRequest(null!, RoutingSites.Orders), ErrorCodes.Invalid },
        { new StartChatRequest("r", null!), ErrorCodes.Invalid },
        { new StartChatRequest("r", "weather"), ErrorCodes.Invalid },
        { new StartChatRequest("r", RoutingSites.Night), ErrorCodes.OutsideHours },
        { new StartChatRequest("r", RoutingSites.Orders, new string('x', Limits.TextLength + 1)), ErrorCodes.TooLarge },
        { new StartChatRequest("r", RoutingSites.Orders, Name: new string('x', Limits.NameLength + 1)), ErrorCodes.TooLarge },
        { new StartChatRequest("r", RoutingSites.Orders, PageUrl: "javascript:alert(1)"), ErrorCodes.Invalid },
        { new StartChatRequest("r", RoutingSites.Orders, PageUrl: "/orders"), ErrorCodes.Invalid },
        {
            new StartChatRequest("r", RoutingSites.Orders, Answers: Enumerable.Range(0, Limits.AnswerCount + 1).ToDictionary(i => $"q{i}", _ => "a")),
            ErrorCodes.Invalid
        },
    };

    [Theory]
    [MemberData(nameof(BadForms), DisableDiscoveryEnumeration = true)]
    public async Task StartChat_WithABadForm_IsRefused(StartChatRequest request, string code)
    {
        Refused(code, await _bench.Service.StartChatAsync(Customer("cleo"), request));

        Assert.Empty(await _bench.Queue.ListOpenContactsAsync(Shop, "cleo"));
    }

    [Fact]
    public async Task StartChat_WithBlankWords_HasNoFirstMessage()
    {
        var chat = await _bench.StartAsync("cleo", "  \n ");

        Assert.Empty(await _bench.LogAsync(Customer("cleo"), chat.ConversationId));
    }

    [Fact]
    public async Task Roles_AreKeptApart()
    {
        var (customer, agent, service) = (Customer("cleo"), Agent("anna"), _bench.Service);

        Refused(ErrorCodes.Forbidden, await service.StartChatAsync(agent, new StartChatRequest("r", RoutingSites.Orders)));
        Refused(ErrorCodes.Forbidden, await service.GetMyContactsAsync(agent));
        Refused(ErrorCodes.Forbidden, await service.SetStatusAsync(customer, new SetStatusRequest(AgentStatuses.Available)));
        Refused(ErrorCodes.Forbidden, await service.AcceptOfferAsync(customer, new AcceptOfferRequest("o")));
        Refused(ErrorCodes.Forbidden, await service.DeclineOfferAsync(customer, new DeclineOfferRequest("o")));
        Refused(ErrorCodes.Forbidden, await service.TransferAsync(customer, new TransferRequest("r", "c", RoutingSites.Orders)));
        Refused(ErrorCodes.Forbidden, await service.GetQueuesAsync(customer));
        Refused(ErrorCodes.Forbidden, await service.AgentConnectedAsync(customer, "1"));
    }

    [Fact]
    public async Task AgentConnected_WithADisabledAccount_IsForbidden()
    {
        var anna = await _bench.HaveAgentAsync("anna");
        await _bench.Accounts.DisableAsync("anna@shop.example");

        Refused(ErrorCodes.Forbidden, await _bench.Service.AgentConnectedAsync(anna, "2"));
        Refused(ErrorCodes.Forbidden, await _bench.Service.AgentConnectedAsync(Agent("nobody"), "1"));
    }

    [Fact]
    public async Task MyContacts_TellsThePlaceAndNotToWhomItIsOffered()
    {
        await _bench.HaveAgentAsync("anna");
        await _bench.StartAsync("cleo");

        var contact = Assert.Single(Accepted(await _bench.Service.GetMyContactsAsync(Customer("cleo"))).Contacts);

        Assert.Equal((ContactStates.Offered, 1, null), (contact.State, contact.Position, contact.Agent));
    }

    [Fact]
    public async Task AcceptOffer_WhenAnswered_TheAgentIsAMember()
    {
        var anna = await _bench.HaveAgentAsync("anna");
        var chat = await _bench.StartAsync("cleo");
        var offerId = await _bench.OfferIdAsync(anna);

        var accepted = Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(offerId)));

        Assert.Equal((chat.ContactId, chat.ConversationId), (accepted.ContactId, accepted.ConversationId));
        Assert.Equal([EntryKinds.Text, EntryKinds.Event], (await _bench.LogAsync(anna, chat.ConversationId)).Select(entry => entry.Kind));
        Assert.Equal(accepted, Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(offerId))));
    }

    [Fact]
    public async Task Transfer_KeepsTheNoteForAgentsBeforeTheAgentLeaves()
    {
        var (anna, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        var request = new TransferRequest("t", chat.ContactId, RoutingSites.Orders, Note: "Wants a refund");
        Accepted(await _bench.Service.TransferAsync(anna, request));
        Accepted(await _bench.Service.TransferAsync(anna, request));
        var bert = await _bench.HaveAgentAsync("bert");
        Accepted(await _bench.Service.AcceptOfferAsync(bert, new AcceptOfferRequest(await _bench.OfferIdAsync(bert))));

        var log = await _bench.LogAsync(bert, chat.ConversationId);

        Assert.Equal(
            ["Hello", EventCodes.AgentJoined, "Wants a refund", EventCodes.Transferred, EventCodes.AgentJoined], log.Select(entry => entry.Text));
        Assert.Equal((EntryKinds.Note, Audiences.Agents, "anna"), (log[2].Kind, log[2].Audience, log[2].Author.Id));
        Assert.DoesNotContain("Wants a refund", (await _bench.LogAsync(Customer("cleo"), chat.ConversationId)).Select(entry => entry.Text));
        Assert.Equal("bert", (await _bench.Conversations.FindAsync(chat.ConversationId))?.Agent?.AgentId);
    }

    [Fact]
    public async Task EndChat_ByTheAgent_KeepsLastWordsForAgentsAndCloses()
    {
        var (anna, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        var request = new EndChatRequest(chat.ConversationId, "solved", "Refunded");
        Accepted(await _bench.Service.EndChatAsync(anna, request));
        Accepted(await _bench.Service.EndChatAsync(anna, request));

        Assert.Equal(ContactStates.Closed, (await _bench.Conversations.FindAsync(chat.ConversationId))?.State);
        var log = await _bench.LogAsync(anna, chat.ConversationId);
        Assert.Equal(["Hello", EventCodes.AgentJoined, "solved\nRefunded", EventCodes.Ended], log.Select(entry => entry.Text));
        Assert.Equal((EntryKinds.Note, Audiences.Agents), (log[2].Kind, log[2].Audience));
        Assert.DoesNotContain("solved", string.Join(' ', log[3].Data!.Values));
    }

    [Fact]
    public async Task EndChat_ByTheAgentAfterTheCustomer_StillKeepsLastWords()
    {
        var (anna, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        Accepted(await _bench.Service.EndChatAsync(Customer("cleo"), new EndChatRequest(chat.ConversationId)));

        Accepted(await _bench.Service.EndChatAsync(anna, new EndChatRequest(chat.ConversationId, "solved")));

        var log = await _bench.LogAsync(anna, chat.ConversationId);
        Assert.Equal(["Hello", EventCodes.AgentJoined, EventCodes.Ended, "solved"], log.Select(entry => entry.Text));
        Assert.Equal(Audiences.Agents, log[3].Audience);
    }

    [Fact]
    public async Task EndChat_ByTheCustomer_InLine_TakesThemOutOfIt()
    {
        var chat = await _bench.StartAsync("cleo");

        Accepted(await _bench.Service.EndChatAsync(Customer("cleo"), new EndChatRequest(chat.ConversationId)));

        Assert.Equal(ContactStates.Closed, (await _bench.Conversations.FindAsync(chat.ConversationId))?.State);
        Assert.Empty(await _bench.Queue.GetLineAsync(Shop, RoutingSites.Orders));
    }

    [Fact]
    public async Task EndChat_Refusals()
    {
        var (anna, chat) = await _bench.HaveActiveAsync("anna", "cleo");
        var service = _bench.Service;

        Refused(ErrorCodes.Forbidden, await service.EndChatAsync(Customer("cleo"), new EndChatRequest(chat.ConversationId, "solved")));
        Refused(ErrorCodes.Forbidden, await service.EndChatAsync(Customer("cleo"), new EndChatRequest(chat.ConversationId, Note: "x")));
        Refused(ErrorCodes.NotFound, await service.EndChatAsync(Customer("dana"), new EndChatRequest(chat.ConversationId)));
        Refused(ErrorCodes.NotFound, await service.EndChatAsync(Agent("bert"), new EndChatRequest(chat.ConversationId)));
        Refused(ErrorCodes.NotFound, await service.EndChatAsync(Agent("bert"), new EndChatRequest(chat.ConversationId, "solved")));
        Refused(ErrorCodes.NotFound, await service.EndChatAsync(anna, new EndChatRequest("unknown")));
        Refused(ErrorCodes.NotFound, await service.EndChatAsync(anna with { SiteId = RoutingSites.OtherShop }, new EndChatRequest(chat.ConversationId)));
        Assert.Equal(ContactStates.Active, (await _bench.Conversations.FindAsync(chat.ConversationId))?.State);
        Assert.Equal(2, (await _bench.LogAsync(anna, chat.ConversationId)).Count);
    }

    [Fact]
    public async Task SetStatus_WithoutOne_TellsAReloadedConsoleEverything()
    {
        var anna = await _bench.HaveAgentAsync("anna", capacity: 2);
        var cleo = await _bench.StartAsync("cleo");
        Accepted(await _bench.Service.AcceptOfferAsync(anna, new AcceptOfferRequest(await _bench.OfferIdAsync(anna))));
        _bench.Clock.Advance(TimeSpan.FromSeconds(7));
        var dana = await _bench.StartAsync("dana", "Help");

        var status = Accepted(await _bench.Service.SetStatusAsync(anna, new SetStatusRequest()));

        Assert.Equal((AgentStatuses.Available, 2, 2), (status.Status, status.Capacity, status.Load));
        Assert.Equal(cleo.ConversationId, Assert.Single(status.Contacts).ConversationId);
        Assert.Equal((dana.ContactId, "Help", 0), (status.Offer?.ContactId, status.Offer?.Text, status.Offer?.WaitedSeconds));
        Refused(ErrorCodes.NotFound, await _bench.Service.SetStatusAsync(Agent("nobody"), new SetStatusRequest()));
        Refused(ErrorCodes.Invalid, await _bench.Service.SetStatusAsync(anna, new SetStatusRequest("asleep")));
    }

    [Fact]
    public async Task GetQueues_TellsLinesAndColleagues()
    {
        var anna = await _bench.HaveAgentAsync("anna", queues: RoutingSites.Payments);
        await _bench.HaveAgentAsync("bert", capacity: 3, RoutingSites.Payments);
        await _bench.StartAsync("cleo");
        _bench.Clock.Advance(TimeSpan.FromSeconds(7));

        var queues = Accepted(await _bench.Service.GetQueuesAsync(anna));

        Assert.Equal(new QueueSummary(RoutingSites.Orders, 1, 7, 0, OpenNow: true), queues.Queues[0]);
        Assert.Equal(new QueueSummary(RoutingSites.Payments, 0, 0, 2, OpenNow: true), queues.Queues[1]);
        Assert.False(queues.Queues[2].OpenNow);
        Assert.Equal(new ColleagueSummary("bert", "BERT", AgentStatuses.Available, 3), Assert.Single(queues.Agents));
    }
}
