using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Supervision;

/// <summary>Watching a site over the wire, from one of two nodes.</summary>
public sealed class WatchSiteTests : IAsyncLifetime
{
    private RedisServer _redis = null!;
    private RunningServer _node = null!;
    private RunningServer _other = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartDurableAsync();
        _node = await StartAsync();
        _other = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _node.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task ChangeOnOneNode_ReachesTheSupervisorOnTheOther()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await using var customer = await ChatClient.ConnectAsync(_node.Address, (await _node.NewCustomerAsync()).Token).Within();
        var before = await sam.WatchSite(new WatchSiteRequest("orders")).Within();
        Assert.Equal((0, 60, true), (LineOf(before).Waiting, LineOf(before).AnswerWithinSeconds, LineOf(before).IsOpen));
        Assert.Equal(("orders", 0), (before.Line!.Queue, before.Line.Total));

        var chat = await customer.StartChat(new StartChatRequest("r1", "orders", "Hello", Name: "Cleo")).Within();

        var shown = await NextAsync(sam, overview => LineOf(overview).Waiting == 1);
        var contact = Assert.Single(shown.Line!.Contacts);
        Assert.Equal((chat.ContactId, ContactStates.Waiting, 1, "Cleo"), (contact.ContactId, contact.State, contact.Position, contact.Customer.Name));
        Assert.Equal(contact.ArrivedAt, LineOf(shown).OldestArrival);
    }

    [Fact]
    public async Task Agents_AreShownWhatTheyDo_OnWhicheverNode()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await sam.WatchSite(new WatchSiteRequest()).Within();
        await using var customer = await ChatClient.ConnectAsync(_node.Address, (await _node.NewCustomerAsync()).Token).Within();
        await using var ada = await ConnectAsync("ada", Roles.Agent, _node);
        await ada.SetStatus(new SetStatusRequest(AgentStatuses.Available)).Within();
        await customer.StartChat(new StartChatRequest("r1", "orders", "Hello")).Within();
        var offer = await ada.Events.Offers.WaitForAsync(_ => true);
        await ada.AcceptOffer(new AcceptOfferRequest(offer.OfferId)).Within();

        var shown = await NextAsync(sam, overview => LineOf(overview).Serving == 1);

        var agent = shown.Agents.Single(agent => agent.Agent.Name == "ada");
        Assert.Equal((AgentStatuses.Available, 1, 3, true), (agent.Status, agent.Load, agent.Capacity, agent.IsConnected));
        Assert.Equal((1, 1.0), (LineOf(shown).AnsweredPerHour, LineOf(shown).AnsweredInTime));
        Assert.Null(shown.Line);
    }

    [Fact]
    public async Task Refusals()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await using var ada = await ConnectAsync("ada", Roles.Agent);
        await using var customer = await ChatClient.ConnectAsync(_node.Address, (await _node.NewCustomerAsync()).Token).Within();

        await RefusedAsync(ErrorCodes.Forbidden, () => ada.WatchSite(new WatchSiteRequest()));
        await RefusedAsync(ErrorCodes.Forbidden, () => ada.UnwatchSite(new UnwatchSiteRequest()));
        await RefusedAsync(ErrorCodes.Forbidden, () => customer.WatchSite(new WatchSiteRequest("orders")));
        await RefusedAsync(ErrorCodes.NotFound, () => sam.WatchSite(new WatchSiteRequest("weather")));
        await RefusedAsync(ErrorCodes.Invalid, () => sam.WatchSite(new WatchSiteRequest("")));
        await sam.UnwatchSite(new UnwatchSiteRequest()).Within();
    }

    private static LineOverview LineOf(SiteOverview overview) => overview.Lines.Single(line => line.Queue == "orders");

    /// <summary>The supervisor's node shows changes at most once a second of its clock.</summary>
    private async Task<SiteOverview> NextAsync(ChatClient sam, Func<SiteOverview, bool> fits)
    {
        await Eventually.TrueAsync(() =>
        {
            _other.Clock.Advance(TimeSpan.FromSeconds(1));
            return sam.Events.SiteOverviews.Received.Any(fits);
        });
        return sam.Events.SiteOverviews.Received.First(fits);
    }

    private async Task<ChatClient> ConnectAsync(string name, string role, RunningServer? node = null)
    {
        node ??= _other;
        var account = await node.AddAgentAsync(name, role);
        var token = (await RunningServer.ReadAsync<SignInResult>(await node.SignInAsync(account.Email))).Token;
        return await ChatClient.ConnectAsync(node.Address, token).Within();
    }

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubRefusalException>(() => call().Within())).Code);

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(
        settings: [ServerSetup.Redis(_redis.Configuration), $"--Auth:SigningKey={RunningServer.IdentityKey}"]);
}
