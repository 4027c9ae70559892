using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.EndToEnd.Chaos;
using CoPilot.EndToEnd.Wire;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Deploy;

/// <summary>The shipped nginx configuration in front of two nodes.</summary>
[Collection(ChaosCollection.Name)]
public sealed partial class NginxStories
{
    [Fact]
    public async Task Conversation_ThroughNginx_HoldsAndLeavesNoTokenInItsLogs()
    {
        await using var nginx = new NginxServer();
        await using var world = await StartBehindAsync(nginx);
        using var http = new HttpClient { BaseAddress = nginx.Address };
        var api = new ServerApi(http);
        var agent = await api.SignInAsync(new SignInRequest("agent1@demo.example", "demo"));
        var customer = await api.CreateCustomerAsync(new CustomerTokenRequest("demo"));

        // As browsers do: the token in the address, and a page of ours in Origin.
        var asBrowser = new ChatClientOptions(TokenInAddress: true, Origin: Origin(nginx));
        await using var agentClient = await ChatClient.ConnectAsync(nginx.Address, agent.Token, asBrowser).Within();
        await agentClient.SetStatus(new SetStatusRequest(AgentStatuses.Available));
        await using var customerClient = await ChatClient.ConnectAsync(nginx.Address, customer.Token, asBrowser with { Origin = null }).Within();
        var chat = await customerClient.StartChat(new StartChatRequest(WireWorld.NewId(), "orders", "Hello"));
        var offer = await agentClient.Events.Offers.WaitForAsync(offered => offered.ContactId == chat.ContactId);
        await agentClient.AcceptOffer(new AcceptOfferRequest(offer.OfferId));
        await agentClient.Join(new JoinRequest(chat.ConversationId));
        await customerClient.Join(new JoinRequest(chat.ConversationId));
        await agentClient.Send(new SendRequest(chat.ConversationId, WireWorld.NewId(), "Good morning"));
        await customerClient.Events.Messages.WaitForAsync(message => message.Message.Text == "Good morning");

        // What nginx says about a node that is gone must not quote the request either.
        await world.Nodes[0].KillHardAsync();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            await using var another = await ChatClient.ConnectAsync(nginx.Address, customer.Token, asBrowser with { Origin = null }).Within();
            Assert.Single((await another.MyContacts(new MyContactsRequest())).Contacts);
        }

        Assert.Contains("GET /hubs/chat\" 101", nginx.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("access_token", nginx.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", nginx.Log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("readyz")).StatusCode);
    }

    [Fact]
    public async Task Viewer_ThroughNginx_IsAnOriginWithNothingElse()
    {
        await using var nginx = new NginxServer();
        await using var world = await StartBehindAsync(nginx);
        using var http = new HttpClient { BaseAddress = nginx.Address };

        var page = await AskViewerAsync(http, "/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains($"frame-ancestors {Origin(nginx)}", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var script = ScriptOfTheViewer().Match(await page.Content.ReadAsStringAsync()).Value;
        Assert.Equal("text/javascript", (await AskViewerAsync(http, script)).Content.Headers.ContentType?.MediaType);
        foreach (var elsewhere in (string[])["/agent/", "/copilot.js", "/api/agents/me", "/hubs/cobrowse"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await AskViewerAsync(http, elsewhere)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(script)).StatusCode);
    }

    [Fact]
    public async Task RollingRestart_WhileHundredsTalk_FailsNoMessage()
    {
        await using var nginx = new NginxServer();
        await using var world = await StartBehindAsync(nginx);
        var plan = new TalkPlan(240, 11, TimeSpan.FromSeconds(1));
        await using var crowd = await Crowd.StartAsync(world, plan, [nginx.Address]);
        var since = TimeProvider.System.GetTimestamp();

        var restarts = new List<string>();
        await crowd.ReachedAsync(0.2);
        foreach (var node in world.Nodes)
        {
            var asked = TimeProvider.System.GetTimestamp();
            Assert.Equal(0, await node.StopAsync());
            var ended = TimeProvider.System.GetTimestamp();
            await node.StartAgainAsync();
            restarts.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"  ended {TimeProvider.System.GetElapsedTime(asked, ended).TotalSeconds:0.0} s after it was asked to, ready again {TimeProvider.System.GetElapsedTime(ended).TotalSeconds:0.0} s later"));
        }

        await crowd.FinishAsync(TimeSpan.FromSeconds(90));
        var took = TimeProvider.System.GetElapsedTime(since);
        var observations = await crowd.ObserveAsync();
        var faults = HistoryChecker.Check(observations);
        ChaosReport.Write(nameof(RollingRestart_WhileHundredsTalk_FailsNoMessage), crowd, observations, faults, took, restarts);
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(50)));
        Assert.DoesNotContain(observations.Sends, attempt => attempt.Outcome == SendOutcome.Refused);
        Assert.True(crowd.Talks.Spoken >= plan.Messages);
    }

    private static Task<HttpResponseMessage> AskViewerAsync(HttpClient http, string path) =>
        http.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "viewer.example" } });

    private static string Origin(NginxServer nginx) => nginx.Address.GetLeftPart(UriPartial.Authority);

    private static async Task<ChaosWorld> StartBehindAsync(NginxServer nginx)
    {
        var world = await ChaosWorld.StartAsync(
            nodes: 2,
            behindNetwork: false,
            $"--PublicOrigins={Origin(nginx)}",
            "--Proxy:TrustedNetworks=127.0.0.1",
            "--Drain:ReconnectWithin=00:00:03");
        await nginx.StartAsync(world.Nodes);
        return world;
    }

    [GeneratedRegex("/viewer-[^\"]+\\.js")]
    private static partial Regex ScriptOfTheViewer();
}
