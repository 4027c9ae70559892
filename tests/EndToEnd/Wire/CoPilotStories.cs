using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Co-Pilot from the code to the end, over the wire alone.</summary>
public abstract class CoPilotStories(WireNodes nodes) : WireStories(nodes)
{
    private const string Help = WireNodes.CoPilotPages + "help";

    private static readonly Viewport Phone = new(390, 844);

    [Fact]
    public async Task Session_FromTheCodeToTheEnd_ShowsTheAgentWhereTheCustomerIs()
    {
        var (world, agent, customer) = await StartedAsync();
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        world.KeepSecret(code);

        var redeemed = await customer.RedeemCode(new RedeemCodeRequest(code.Code.ToLowerInvariant(), Help + "?from=mail", "Help", "1"));
        world.KeepSecret(redeemed.ResumeToken);
        var joined = await agent.Events.CustomersJoined.WaitForAsync(told => told.SessionId == code.SessionId);
        Assert.Equal((code.SessionId, false, false, "/help"), (joined.SessionId, joined.Verified, joined.Returned, joined.PageUrl));
        Assert.Equal(code.SessionId, redeemed.SessionId);
        Assert.Contains(redeemed.Scope.Allowed, rule => rule.Origin == "https://shop.example");
        Assert.Equal(SessionStates.AwaitingConsent, (await WatchAsync(agent, code)).State);
        Assert.Null((await WatchAsync(agent, code)).Page);

        await customer.Consent(new ConsentRequest(code.SessionId, true));
        await agent.Events.ConsentsGiven.WaitForAsync(told => told.SessionId == code.SessionId);
        Assert.Equal("/help", (await agent.Events.PagesShown.WaitForAsync(told => told.SessionId == code.SessionId)).Page.PageUrl);
        await customer.Events.SessionsStarted.WaitForAsync(started => started.AgentName.Length > 0);

        Assert.True((await GoAsync(customer, code, "products/boots?utm=secret#top")).InScope);
        var shown = await agent.Events.PagesShown.WaitForAsync(page => page.Page.PageUrl == "/products/boots");
        Assert.Equal((true, "A page", Phone), (shown.Page.InScope, shown.Page.PageTitle, shown.Page.Viewport));
        Assert.False((await GoAsync(customer, code, "checkout/pay")).InScope);
        var hidden = await agent.Events.PagesShown.WaitForAsync(page => !page.Page.InScope);
        Assert.Equal(new WatchedPage(false), hidden.Page);

        await customer.End(new EndRequest(code.SessionId));
        Assert.Equal(SessionEndReasons.EndedByCustomer, (await agent.Events.SessionsEnded.WaitForAsync(told => told.SessionId == code.SessionId)).Reason);
        Assert.Equal(SessionEndReasons.EndedByCustomer, (await WatchAsync(agent, code)).EndReason);
        await RefusedAsync(ErrorCodes.Closed, () => customer.Pause(new PauseRequest(code.SessionId)));
        await customer.End(new EndRequest(code.SessionId));
    }

    [Fact]
    public async Task Pause_UntilTheCustomerContinues_TellsTheAgentNothingOfWhereTheyAre()
    {
        var (_, agent, customer) = await StartedAsync();
        var (code, _) = await LiveAsync(agent, customer);

        await customer.Pause(new PauseRequest(code.SessionId));
        await agent.Events.Paused.WaitForAsync(told => told.SessionId == code.SessionId);
        await GoAsync(customer, code, "private-shopping");
        Assert.Null((await WatchAsync(agent, code)).Page);
        await GoAsync(customer, code, "gifts");
        await customer.Continue(new ContinueRequest(code.SessionId));

        await agent.Events.Continued.WaitForAsync(told => told.SessionId == code.SessionId);
        await agent.Events.PagesShown.WaitForAsync(page => page.Page.PageUrl == "/gifts");
        Assert.DoesNotContain(agent.Events.PagesShown.Received, page => page.Page.PageUrl == "/private-shopping");
    }

    [Fact]
    public async Task Resume_AfterADrop_GoesOnWhereItWas()
    {
        var (world, agent, customer, person) = await StartedWithCustomerAsync();
        var (code, redeemed) = await LiveAsync(agent, customer);

        await customer.DisposeAsync();
        var next = await world.CoPilotAsync(person, world.Nodes[^1]);
        var resumed = await ResumeAsync(next, code, redeemed.ResumeToken, "cart");

        Assert.Equal((SessionStates.Live, true), (resumed.State, resumed.InScope));
        await agent.Events.CustomersJoined.WaitForAsync(joined => joined.Returned);
        await agent.Events.PagesShown.WaitForAsync(page => page.Page.PageUrl == "/cart");
        await GoAsync(next, code, "cart/2");
        await agent.Events.PagesShown.WaitForAsync(page => page.Page.PageUrl == "/cart/2");
    }

    [Fact]
    public async Task Token_WhoseSuccessorWasUsed_IsWorthNothing()
    {
        var (world, agent, customer) = await StartedAsync();
        var (code, redeemed) = await LiveAsync(agent, customer);

        // The first answer got lost: the same token again.
        await ResumeAsync(customer, code, redeemed.ResumeToken, "a");
        var second = await ResumeAsync(customer, code, redeemed.ResumeToken, "b");
        var third = await ResumeAsync(customer, code, second.ResumeToken, "c");
        await RefusedAsync(ErrorCodes.NotFound, () => ResumeAsync(customer, code, redeemed.ResumeToken, "d"));

        var stranger = await world.CoPilotAsync(await world.CustomerAsync());
        await RefusedAsync(ErrorCodes.NotFound, () => ResumeAsync(stranger, code, third.ResumeToken, "e"));
        Assert.Equal("/c", (await WatchAsync(agent, code)).Page?.PageUrl);
    }

    [Fact]
    public async Task CopiedTab_ThatResumes_DisplacesTheFirstWhichCanSayNothingMore()
    {
        var (world, agent, customer, person) = await StartedWithCustomerAsync();
        var (code, redeemed) = await LiveAsync(agent, customer);
        var copy = await world.CoPilotAsync(person, world.Nodes[^1]);

        await RefusedAsync(ErrorCodes.Stale, () => GoAsync(copy, code, "before"));
        await ResumeAsync(copy, code, redeemed.ResumeToken, "copy");

        Assert.Equal(SessionEndReasons.Displaced, (await customer.Events.SessionsEnded.WaitForAsync(told => told.SessionId == code.SessionId)).Reason);
        await RefusedAsync(ErrorCodes.Stale, () => GoAsync(customer, code, "after"));
        await RefusedAsync(ErrorCodes.Stale, () => customer.KeepAlive(new KeepAliveRequest(code.SessionId)));
        await RefusedAsync(ErrorCodes.Stale, () => customer.End(new EndRequest(code.SessionId)));
        Assert.Equal("/copy", (await WatchAsync(agent, code)).Page?.PageUrl);
        Assert.DoesNotContain(agent.Events.SessionsEnded.Received, told => told.SessionId == code.SessionId);
        Assert.Empty(copy.Events.SessionsEnded.Received);
    }

    [Fact]
    public async Task Code_OfWrongProofs_IsToldToTheAgentAndDies()
    {
        var (world, agent, customer) = await StartedAsync();
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var wrong = code.Code[..^1] + (code.Code[^1] == 'A' ? 'B' : 'A');

        for (var i = 1; i <= 5; i++)
        {
            var guesser = await world.CoPilotAsync(await world.CustomerAsync());
            await RefusedAsync(ErrorCodes.NotFound, () => RedeemAsync(guesser, wrong));
            var tried = await agent.Events.CodesTried.WaitForAsync(told => told.Failures == i);
            Assert.Equal(code.SessionId, tried.SessionId);
        }

        Assert.Equal(SessionEndReasons.TooManyTries, (await agent.Events.SessionsEnded.WaitForAsync(told => told.SessionId == code.SessionId)).Reason);
        await RefusedAsync(ErrorCodes.NotFound, () => RedeemAsync(customer, code.Code));
    }

    [Fact]
    public async Task Codes_ThatDoNotWork_AnswerAlike()
    {
        var (world, agent, customer) = await StartedAsync();
        var replaced = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var (used, _) = await LiveAsync(agent, customer);
        var other = await world.CoPilotAsync(await world.CustomerAsync());

        var answers = new List<string>();
        foreach (var code in new[] { replaced.Code, used.Code, "ABC-23456", "no code" })
        {
            var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => RedeemAsync(other, code));
            answers.Add($"{refusal.Code}: {refusal.Text}");
        }

        Assert.StartsWith(ErrorCodes.NotFound, Assert.Single(answers.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_TriedByOneConnection_AreThrottled()
    {
        var (_, _, customer) = await StartedAsync();

        for (var i = 0; i < 5; i++)
        {
            await RefusedAsync(ErrorCodes.NotFound, () => RedeemAsync(customer, "ABC-23456"));
        }

        var refusal = await Assert.ThrowsAsync<HubRefusalException>(() => RedeemAsync(customer, "ABC-23456"));
        Assert.Equal(ErrorCodes.RateLimited, refusal.Code);
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task CreateCode_Repeated_IsTheSameCodeAndANewOneReplacesIt()
    {
        var (_, agent, customer) = await StartedAsync();
        var request = new CreateCodeRequest(WireWorld.NewId());

        var first = await agent.CreateCode(request);
        Assert.Equal(first, await agent.CreateCode(request));
        var second = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));

        Assert.NotEqual(first.Code, second.Code);
        Assert.Equal(SessionEndReasons.Replaced, (await agent.Events.SessionsEnded.WaitForAsync(told => told.SessionId == first.SessionId)).Reason);
        await RefusedAsync(ErrorCodes.NotFound, () => RedeemAsync(customer, first.Code));
        Assert.Equal(second.SessionId, (await RedeemAsync(customer, second.Code)).SessionId);
    }

    [Fact]
    public async Task Agent_WhoSignsOut_EndsTheirSessions()
    {
        var world = Open();
        var agentPerson = await world.AgentAsync(2);
        var agent = await world.CoPilotAsync(agentPerson);
        var customer = await world.CoPilotAsync(await world.CustomerAsync());
        var (code, _) = await LiveAsync(agent, customer);

        await world.Api.SignOutAsync(agentPerson.Token);

        Assert.Equal(SessionEndReasons.AgentSignedOut, (await customer.Events.SessionsEnded.WaitForAsync(told => told.SessionId == code.SessionId)).Reason);
        Assert.Equal(SessionEndReasons.AgentSignedOut, (await agent.Events.SessionsEnded.WaitForAsync(told => told.SessionId == code.SessionId)).Reason);
    }

    [Fact]
    public async Task Customer_WhoDidNotCall_SaysSo()
    {
        var (world, agent, customer) = await StartedAsync();
        foreach (var node in world.Nodes)
        {
            node.Log.Expect("did not call the shop", most: 1);
        }

        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        await RedeemAsync(customer, code.Code);
        await customer.End(new EndRequest(code.SessionId, SessionEndReasons.NotRequested));

        Assert.Equal(SessionEndReasons.NotRequested, (await agent.Events.SessionsEnded.WaitForAsync(told => told.SessionId == code.SessionId)).Reason);
    }

    [Fact]
    public async Task Invitation_InTheAgentsChat_ReachesItsCustomerAndNobodyElse()
    {
        var world = Open();
        var agentPerson = await world.AgentAsync();
        var customerPerson = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customerPerson, agentPerson);
        var agent = await world.CoPilotAsync(agentPerson);
        var otherAgent = await world.CoPilotAsync(await world.AgentAsync(2));
        var contact = Assert.Single((await agentPerson.Client.SetStatus(new())).Contacts);
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId(), contact.ContactId));

        await RefusedAsync(ErrorCodes.NotFound, () => otherAgent.Invite(new InviteRequest(code.SessionId, conversation)));
        var otherCode = await otherAgent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        await RefusedAsync(ErrorCodes.NotFound, () => otherAgent.Invite(new InviteRequest(otherCode.SessionId, conversation)));
        await RefusedAsync(ErrorCodes.NotFound, () => otherAgent.CreateCode(new CreateCodeRequest(WireWorld.NewId(), contact.ContactId)));
        await agent.Invite(new InviteRequest(code.SessionId, conversation));

        var invited = await customerPerson.Client.Events.CoPilotInvitations.WaitForAsync(_ => true);
        Assert.Equal((conversation, code.SessionId, code.Code), (invited.ConversationId, invited.SessionId, invited.Code));
        Assert.InRange(invited.ExpiresInSeconds ?? 0, 1, 300);
        Assert.DoesNotContain(await customerPerson.ReadAsync(conversation), entry => entry.Text.Contains(code.Code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Strangers_OnTheHub_LearnAndChangeNothing()
    {
        var (world, agent, customer) = await StartedAsync();
        var (code, _) = await LiveAsync(agent, customer);
        var otherAgent = await world.CoPilotAsync(await world.AgentAsync(2));
        var otherCustomer = await world.CoPilotAsync(await world.CustomerAsync());

        await RefusedAsync(ErrorCodes.NotFound, () => WatchAsync(otherAgent, code));
        await RefusedAsync(ErrorCodes.NotFound, () => otherAgent.End(new EndRequest(code.SessionId)));
        await RefusedAsync(ErrorCodes.NotFound, () => otherCustomer.End(new EndRequest(code.SessionId)));
        await RefusedAsync(ErrorCodes.NotFound, () => GoAsync(otherCustomer, code, "x"));
        await RefusedAsync(ErrorCodes.Forbidden, () => customer.CreateCode(new CreateCodeRequest(WireWorld.NewId())));
        await RefusedAsync(ErrorCodes.Forbidden, () => RedeemAsync(agent, code.Code));
        await RefusedAsync(ErrorCodes.Forbidden, () => WatchAsync(customer, code));
        await RefusedAsync(ErrorCodes.Invalid, () => customer.End(new EndRequest(code.SessionId, SessionEndReasons.Idle)));
        Assert.Equal(SessionStates.Live, (await WatchAsync(agent, code)).State);
    }

    private static Task<WatchResult> WatchAsync(CoBrowseClient agent, CreateCodeResult code) => agent.Watch(new WatchRequest(code.SessionId));

    private static Task<RedeemCodeResult> RedeemAsync(CoBrowseClient customer, string code) =>
        customer.RedeemCode(new RedeemCodeRequest(code, Help, "Help", "1"));

    private static Task<PageChangedResult> GoAsync(CoBrowseClient customer, CreateCodeResult code, string page) =>
        customer.PageChanged(new PageChangedRequest(code.SessionId, WireNodes.CoPilotPages + page, "A page", Phone));

    private async Task<ResumeSessionResult> ResumeAsync(CoBrowseClient customer, CreateCodeResult code, string token, string page)
    {
        var resumed = await customer.ResumeSession(new ResumeSessionRequest(code.SessionId, token, WireNodes.CoPilotPages + page, "A page", "1"));
        World.KeepSecret(resumed.ResumeToken);
        return resumed;
    }

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubRefusalException>(call)).Code);

    private async Task<(CreateCodeResult Code, RedeemCodeResult Redeemed)> LiveAsync(CoBrowseClient agent, CoBrowseClient customer)
    {
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeemed = await RedeemAsync(customer, code.Code);
        World.KeepSecret(code, redeemed);
        await customer.Consent(new ConsentRequest(code.SessionId, true));
        return (code, redeemed);
    }

    private async Task<(WireWorld World, CoBrowseClient Agent, CoBrowseClient Customer)> StartedAsync()
    {
        var (world, agent, customer, _) = await StartedWithCustomerAsync();
        return (world, agent, customer);
    }

    private async Task<(WireWorld World, CoBrowseClient Agent, CoBrowseClient Customer, WirePerson Person)> StartedWithCustomerAsync()
    {
        var world = Open();
        var person = await world.CustomerAsync();
        return (world, await world.CoPilotAsync(await world.AgentAsync()), await world.CoPilotAsync(person), person);
    }
}

[Collection(typeof(UnharmedNodes.One))]
public sealed class CoPilotStoriesOnOneNode(OneNode node) : CoPilotStories(node);

[Collection(typeof(UnharmedNodes.Two))]
public sealed class CoPilotStoriesOnTwoNodes(TwoNodes nodes) : CoPilotStories(nodes);
