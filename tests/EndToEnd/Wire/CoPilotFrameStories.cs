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

    /// <summary>Waits until the connection was sent so many pieces of the session, and compares them with what was published.</summary>
    private static async Task AssertGetsAsync(CoBrowseClient agent, IReadOnlyList<Frame> published)
    {
        await agent.Events.Frames.WaitForAsync(told => told.Frames[^1].Seq >= published[^1].Seq && told.Frames[^1].Part == published[^1].Part);
        var got = agent.Events.Frames.Received.SelectMany(told => told.Frames).ToList();
        Assert.Equal(published.Select(Describe), got.Select(Describe));
    }

    private static string Describe(Frame piece) =>
        $"{piece.Seq} {piece.Keyframe} {piece.Part}/{piece.Parts} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(piece.Data.Span))}";

    /// <summary>A customer shows a page to an agent who watches.</summary>
    private async Task<ShownPage> ShownAsync()
    {
        var world = Open();
        var agent = await world.CoPilotAsync(await world.AgentAsync());
        var person = await world.CustomerAsync();
        var customer = await world.CoPilotAsync(person);
        var code = await agent.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeemed = await customer.RedeemCode(new RedeemCodeRequest(code.Code, WireNodes.CoPilotPages, "Shop", "1"));
        await customer.Consent(new ConsentRequest(code.SessionId, true));
        await agent.Watch(new WatchRequest(code.SessionId));
        return new ShownPage(world, agent, person, customer, redeemed);
    }
}

/// <summary>A session that is live, both sides' connections, and the customer's page.</summary>
internal sealed record ShownPage(WireWorld World, CoBrowseClient Agent, WirePerson Person, CoBrowseClient Customer, RedeemCodeResult Redeemed) : IDisposable
{
    public string SessionId => Redeemed.SessionId;

    public PageWriter Page { get; } = new();

    /// <summary>In as many calls as it takes.</summary>
    public async Task<IReadOnlyList<Frame>> PublishAsync(IReadOnlyList<Frame> frames)
    {
        foreach (var frame in frames)
        {
            await Customer.PublishFrames(new PublishFramesRequest(SessionId, [frame]));
        }

        return frames;
    }

    public void Dispose() => Page.Dispose();
}

public sealed class CoPilotFrameStoriesOnOneNode(OneNode node) : CoPilotFrameStories(node), IClassFixture<OneNode>;

public sealed class CoPilotFrameStoriesOnTwoNodes(TwoNodes nodes) : CoPilotFrameStories(nodes), IClassFixture<TwoNodes>;
