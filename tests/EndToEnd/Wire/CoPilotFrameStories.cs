using System.Security.Cryptography;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Wire;

/// <summary>What a customer's browser shows, from the hub's one side to its other.</summary>
public abstract class CoPilotFrameStories(WireNodes nodes) : WireStories(nodes)
{
    [Fact]
    public async Task Frames_OfALivePage_ReachTheWatcherByteForByte()
    {
        using var shown = await ShownAsync();

        var sent = new List<Frame>();
        sent.AddRange(await shown.PublishAsync(shown.Page.Keyframe(PageWriter.Paragraphs(6_000))));
        Assert.InRange(sent.Count, 3, 20);
        for (var i = 0; i < 20; i++)
        {
            sent.AddRange(await shown.PublishAsync(shown.Page.Scroll(i)));
        }

        await AssertGetsAsync(shown.Agent, sent);
        await shown.Customer.PublishPointer(new PublishPointerRequest(shown.SessionId, 1.5, 2, 0, 300));
        Assert.Equal(
            new PointerMovedEvent(shown.SessionId, 1.5, 2, 0, 300), await shown.Agent.Events.PointersMoved.WaitForAsync(_ => true));
    }

    [Fact]
    public async Task Gap_InTheFrames_AsksTheCustomerForAKeyframe()
    {
        using var shown = await ShownAsync();
        var sent = new List<Frame>(await shown.PublishAsync(shown.Page.Keyframe()));
        shown.Page.Scroll(1);
        await shown.PublishAsync(shown.Page.Scroll(2));

        await shown.Customer.Events.KeyframesRequested.WaitForAsync(asked => asked.SessionId == shown.SessionId);
        await shown.PublishAsync(shown.Page.Scroll(3));
        sent.AddRange(await shown.PublishAsync(shown.Page.Keyframe()));
        sent.AddRange(await shown.PublishAsync(shown.Page.Scroll(4)));

        await AssertGetsAsync(shown.Agent, sent);
    }

    [Fact]
    public async Task Watcher_WhoComesLate_BeginsAtTheKeyframeThatIsKept()
    {
        using var shown = await ShownAsync();
        var sent = new List<Frame>(await shown.PublishAsync(shown.Page.Keyframe(PageWriter.Paragraphs(6_000))));
        sent.AddRange(await shown.PublishAsync(shown.Page.Scroll(1)));

        var late = await shown.World.CoPilotAsync(shown.AgentPerson, shown.World.Nodes[0]);
        await late.Watch(new WatchRequest(shown.SessionId));
        await AssertGetsAsync(late, sent);

        // Reloaded within the connection: nothing was shown yet.
        await late.RequestKeyframe(new RequestKeyframeRequest(shown.SessionId, 0));
        sent.AddRange(sent);
        await AssertGetsAsync(late, sent);
        Assert.Empty(shown.Customer.Events.KeyframesRequested.Received);
    }

    [Fact]
    public async Task Watcher_WhoIsSlow_DropsToTheNextKeyframeWhileTheOtherGetsAll()
    {
        using var shown = await ShownAsync();
        var slow = await shown.World.CoPilotAsync(shown.AgentPerson);
        await slow.Watch(new WatchRequest(shown.SessionId));

        // More than is kept.
        var sent = new List<Frame>(await shown.PublishAsync(shown.Page.Keyframe()));
        for (var call = 0; call < 100; call++)
        {
            Frame[] frames = [.. Enumerable.Range(0, 8).SelectMany(_ => shown.Page.Scroll(call))];
            await shown.Customer.PublishFrames(new PublishFramesRequest(shown.SessionId, frames));
            sent.AddRange(frames);
            await shown.Agent.AcknowledgeFrames(new AcknowledgeFramesRequest(shown.SessionId, sent[^1].Seq));
        }

        await AssertGetsAsync(shown.Agent, sent);
        var seen = await slow.Events.Frames.WaitForAsync(told => told.Frames[^1].Seq >= 64);
        Assert.Equal(64, seen.Frames[^1].Seq);
        await slow.AcknowledgeFrames(new AcknowledgeFramesRequest(shown.SessionId, 64));
        await shown.Customer.Events.KeyframesRequested.WaitForAsync(_ => true);
        var next = await shown.PublishAsync(shown.Page.Keyframe());

        await AssertGetsAsync(slow, [.. sent.Take(64), .. next]);
        await AssertGetsAsync(shown.Agent, [.. sent, .. next]);
    }

    [Fact]
    public async Task Frames_OfAHostileBrowser_EndTheSession()
    {
        using var shown = await ShownAsync();
        foreach (var node in shown.World.Nodes)
        {
            node.Log.Expect("what an honest one never does", most: 1);
        }

        var honest = await shown.PublishAsync(shown.Page.Keyframe());
        const string Script = """{"type":2,"id":9,"tagName":"script","attributes":{"src":"https://evil.example/x.js"},"childNodes":[]}""";
        await RefusedAsync(ErrorCodes.Closed, () => shown.PublishAsync(shown.Page.Keyframe(Script)));

        Assert.Equal(SessionEndReasons.UnsafeContent, (await shown.Customer.Events.SessionsEnded.WaitForAsync(_ => true)).Reason);
        Assert.Equal(
            SessionEndReasons.UnsafeContent,
            (await shown.Agent.Events.SessionsEnded.WaitForAsync(told => told.SessionId == shown.SessionId)).Reason);
        await RefusedAsync(ErrorCodes.Closed, () => shown.PublishAsync(shown.Page.Keyframe()));
        await AssertGetsAsync(shown.Agent, honest);
    }

    [Fact]
    public async Task Frames_WhileNobodyMaySee_ReachNobody()
    {
        using var shown = await ShownAsync(isConsented: false);
        await shown.PublishAsync(shown.Page.Keyframe());
        await shown.Customer.PublishPointer(new PublishPointerRequest(shown.SessionId, 1, 1, 0, 0));
        await shown.Customer.Consent(new ConsentRequest(shown.SessionId, true));
        var sent = new List<Frame>(await shown.PublishAsync(shown.Page.Keyframe()));

        await shown.Customer.Pause(new PauseRequest(shown.SessionId));
        await shown.PublishAsync(shown.Page.Scroll(1));
        await shown.PublishAsync(shown.Page.Keyframe());
        var late = await shown.World.CoPilotAsync(shown.AgentPerson);
        await late.Watch(new WatchRequest(shown.SessionId));
        await shown.Customer.Continue(new ContinueRequest(shown.SessionId));
        var next = await shown.PublishAsync(shown.Page.Keyframe());
        await AssertGetsAsync(late, next);

        await GoAsync(shown, "checkout/pay");
        await shown.PublishAsync(shown.Page.Keyframe());
        await GoAsync(shown, "help");
        next = [.. next, .. await shown.PublishAsync(shown.Page.Keyframe())];

        await AssertGetsAsync(late, next);
        await AssertGetsAsync(shown.Agent, [.. sent, .. next]);
        Assert.Empty(shown.Agent.Events.PointersMoved.Received);
    }

    [Fact]
    public async Task Frames_OfWhoMayNotPublish_ReachNobody()
    {
        using var shown = await ShownAsync();
        var other = await shown.World.CoPilotAsync(await shown.World.CustomerAsync());
        var copy = await shown.World.CoPilotAsync(shown.Person, shown.World.Nodes[^1]);
        var request = new PublishFramesRequest(shown.SessionId, shown.Page.Keyframe());
        var pointer = new PublishPointerRequest(shown.SessionId, 1, 1, 0, 0);

        await RefusedAsync(ErrorCodes.NotFound, () => other.PublishFrames(request));
        await RefusedAsync(ErrorCodes.NotFound, () => other.PublishPointer(pointer));
        await RefusedAsync(ErrorCodes.Stale, () => copy.PublishFrames(request));
        await RefusedAsync(ErrorCodes.Forbidden, () => shown.Agent.PublishFrames(request));
        await RefusedAsync(ErrorCodes.Forbidden, () => shown.Agent.PublishPointer(pointer));
        await RefusedAsync(ErrorCodes.TooLarge, () => shown.Customer.PublishFrames(request with { Frames = [new Frame(1, true, 0, 1, new byte[Limits.FrameBytes + 1])] }));
        await RefusedAsync(ErrorCodes.Invalid, () => shown.Customer.PublishPointer(pointer with { X = 1e9 }));

        var resumed = await copy.ResumeSession(
            new ResumeSessionRequest(shown.SessionId, shown.Redeemed.ResumeToken, WireNodes.CoPilotPages, "Shop", "1"));
        World.KeepSecret(resumed.ResumeToken);
        await shown.Customer.Events.SessionsEnded.WaitForAsync(told => told.Reason == SessionEndReasons.Displaced);
        await RefusedAsync(ErrorCodes.Stale, () => shown.Customer.PublishFrames(request));
        await RefusedAsync(ErrorCodes.Stale, () => shown.Customer.PublishPointer(pointer));

        await shown.Agent.Watch(new WatchRequest(shown.SessionId));
        using var page = new PageWriter(resumed.NextSeq);
        await AssertGetsAsync(shown.Agent, await ShownPage.PublishAsync(copy, shown.SessionId, page.Keyframe()));
        Assert.Empty(shown.Agent.Events.PointersMoved.Received);
    }

    [Fact]
    public async Task Strangers_AmongAgents_SeeNothing()
    {
        using var shown = await ShownAsync();
        var stranger = await shown.World.CoPilotAsync(await shown.World.AgentAsync(2));
        await shown.PublishAsync(shown.Page.Keyframe());

        await RefusedAsync(ErrorCodes.NotFound, () => stranger.Watch(new WatchRequest(shown.SessionId)));
        await RefusedAsync(ErrorCodes.NotFound, () => stranger.RequestKeyframe(new RequestKeyframeRequest(shown.SessionId, 0)));
        await RefusedAsync(ErrorCodes.NotFound, () => stranger.AcknowledgeFrames(new AcknowledgeFramesRequest(shown.SessionId, 1)));
        await RefusedAsync(ErrorCodes.Forbidden, () => shown.Customer.RequestKeyframe(new RequestKeyframeRequest(shown.SessionId, 0)));
        await RefusedAsync(ErrorCodes.Forbidden, () => shown.Customer.AcknowledgeFrames(new AcknowledgeFramesRequest(shown.SessionId, 1)));
        await shown.PublishAsync(shown.Page.Scroll(1));

        await shown.Agent.Events.Frames.WaitForAsync(told => told.Frames[^1].Seq == 2);
        Assert.Empty(stranger.Events.Frames.Received);
        Assert.Empty(shown.Customer.Events.Frames.Received);
    }

    [Fact]
    public async Task Page_TooLargeToShow_EndsTheSession()
    {
        using var shown = await ShownAsync();

        await shown.Customer.End(new EndRequest(shown.SessionId, SessionEndReasons.PageTooLarge));

        Assert.Equal(
            SessionEndReasons.PageTooLarge,
            (await shown.Agent.Events.SessionsEnded.WaitForAsync(told => told.SessionId == shown.SessionId)).Reason);
    }

    /// <summary>Waits until the connection was sent so many pieces of the session, and compares them with what was published.</summary>
    private static async Task AssertGetsAsync(CoBrowseClient agent, IReadOnlyList<Frame> published)
    {
        await agent.Events.Frames.WaitForAsync(_ => agent.Events.Frames.Received.Sum(told => told.Frames.Count) >= published.Count);
        Assert.Equal(published.Select(Describe), agent.Events.Frames.Received.SelectMany(told => told.Frames).Select(Describe));
    }

    private static string Describe(Frame piece) =>
        $"{piece.Seq} {piece.Keyframe} {piece.Part}/{piece.Parts} {Convert.ToHexString(SHA256.HashData(piece.Data.Span))}";

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubRefusalException>(call)).Code);

    private static Task<PageChangedResult> GoAsync(ShownPage shown, string page) => shown.Customer.PageChanged(
        new PageChangedRequest(shown.SessionId, WireNodes.CoPilotPages + page, "A page", new Viewport(390, 844)));

    private Task<ShownPage> ShownAsync(bool isConsented = true) => ShownPage.BeginAsync(Open(), isConsented);
}

/// <summary>A session with both sides' connections and the customer's page, watched by its agent.</summary>
internal sealed record ShownPage(
    WireWorld World, WirePerson AgentPerson, CoBrowseClient Agent, WirePerson Person, CoBrowseClient Customer, RedeemCodeResult Redeemed) : IDisposable
{
    public string SessionId => Redeemed.SessionId;

    public PageWriter Page { get; } = new();

    public static async Task<ShownPage> BeginAsync(WireWorld world, bool isConsented = true)
    {
        var agentPerson = await world.AgentAsync();
        var agent = await world.CoPilotAsync(agentPerson);
        var person = await world.CustomerAsync();
        var customer = await world.CoPilotAsync(person);
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeemed = await customer.RedeemCode(new RedeemCodeRequest(code.Code, WireNodes.CoPilotPages, "Shop", "1"));
        world.KeepSecret(code, redeemed);
        await agent.Watch(new WatchRequest(code.SessionId));
        if (isConsented)
        {
            await customer.Consent(new ConsentRequest(code.SessionId, true));
        }

        return new ShownPage(world, agentPerson, agent, person, customer, redeemed);
    }

    public Task<IReadOnlyList<Frame>> PublishAsync(IReadOnlyList<Frame> frames) => PublishAsync(Customer, SessionId, frames);

    /// <summary>A call for each piece.</summary>
    public static async Task<IReadOnlyList<Frame>> PublishAsync(CoBrowseClient customer, string sessionId, IReadOnlyList<Frame> frames)
    {
        foreach (var frame in frames)
        {
            await customer.PublishFrames(new PublishFramesRequest(sessionId, [frame]));
        }

        return frames;
    }

    public void Dispose() => Page.Dispose();
}

[Collection(typeof(UnharmedNodes.One))]
public sealed class CoPilotFrameStoriesOnOneNode(OneNode node) : CoPilotFrameStories(node);

[Collection(typeof(UnharmedNodes.Two))]
public sealed class CoPilotFrameStoriesOnTwoNodes(TwoNodes nodes) : CoPilotFrameStories(nodes);
