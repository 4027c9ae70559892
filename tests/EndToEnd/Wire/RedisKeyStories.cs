using System.Text.RegularExpressions;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Everything that the nodes write into Redis is listed, with what becomes of it.</summary>
public sealed partial class RedisKeyStories(TwoNodes nodes) : WireStories(nodes), IClassFixture<TwoNodes>
{
    private readonly TwoNodes _nodes = nodes;

    [Fact]
    public async Task KeySpace_AfterALongDay_HoldsNothingUnlisted()
    {
        var listed = Listed();
        var world = Open();
        await LiveAsync(world);

        Assert.Empty(Unlisted(listed, await _nodes.Redis.KeysAsync()));

        await world.DisposeAsync();
        foreach (var node in _nodes.All)
        {
            Assert.Equal(0, await node.StopAsync());
        }

        var left = await _nodes.Redis.KeysAsync();
        Assert.Empty(Unlisted(listed, left));
        Assert.DoesNotContain(left, key => listed.Any(row => row.EndsWithItsNode && row.Pattern.IsMatch(key)));
        foreach (var node in _nodes.All)
        {
            await node.StartAgainAsync();
        }
    }

    /// <summary>A bit of everything that people do.</summary>
    private static async Task LiveAsync(WireWorld world)
    {
        await Assert.ThrowsAsync<HubRefusalException>(() => world.Api.SignInAsync(new SignInRequest("supervisor@demo.example", "wrong")));
        var agent = await world.AgentAsync(1);
        var otherAgent = await world.AgentAsync(2);
        var customer = await world.CustomerAsync();
        var started = await customer.Client.StartChat(new StartChatRequest(WireWorld.NewId(), "orders", "Where is my parcel?"));
        var (first, next) = await OfferedAsync(started.ContactId, agent, otherAgent);
        await first.Person.Client.DeclineOffer(new DeclineOfferRequest(first.OfferId));
        await WireWorld.TakeAsync(next, started.ContactId);
        await customer.Client.Join(new JoinRequest(started.ConversationId));
        await customer.SayAsync(started.ConversationId, "Anybody there?");
        await next.Client.AddNote(new AddNoteRequest(started.ConversationId, WireWorld.NewId(), "A note"));
        await customer.Client.MarkRead(new MarkReadRequest(started.ConversationId, 1));
        await next.Client.Transfer(new TransferRequest(WireWorld.NewId(), started.ContactId, Queue: "payments"));
        var third = await world.AgentAsync(3);
        await WireWorld.TakeAsync(third, started.ContactId);
        await third.Client.DisposeAsync();
        await world.ConnectAsync(third.Token);
        var waiting = await world.CustomerAsync();
        await waiting.Client.StartChat(new StartChatRequest(WireWorld.NewId(), WireNodes.HastyQueue, "Hello"));
        await ShareAsync(world, customer, third);
        await customer.Client.EndChat(new EndChatRequest(started.ConversationId));
    }

    private static async Task ShareAsync(WireWorld world, WirePerson customer, WirePerson agent)
    {
        var (look, page) = (await world.CoPilotAsync(agent), await world.CoPilotAsync(customer));
        var code = await look.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
        var redeem = new RedeemCodeRequest(code.Code, WireNodes.CoPilotPages, "Shop", "1");
        await Assert.ThrowsAsync<HubRefusalException>(() => page.RedeemCode(redeem with { Code = code.Code[..3] + "22222" }));
        await page.RedeemCode(redeem);
        await page.Consent(new ConsentRequest(code.SessionId, true));
        await look.CreateCode(new CreateCodeRequest(WireWorld.NewId()));
    }

    /// <summary>Who was offered the contact first, and who was not.</summary>
    private static async Task<((WirePerson Person, string OfferId) First, WirePerson Other)> OfferedAsync(
        string contactId, WirePerson agent, WirePerson otherAgent)
    {
        var offers = new[] { agent, otherAgent }
            .Select(async person => (person, (await person.Client.Events.Offers.WaitForAsync(offer => offer.ContactId == contactId)).OfferId));
        var first = await (await Task.WhenAny(offers).Within());
        return (first, first.person == agent ? otherAgent : agent);
    }

    private static IEnumerable<string> Unlisted(List<Row> listed, IEnumerable<string> keys) =>
        keys.Where(key => !listed.Any(row => row.Pattern.IsMatch(key)));

    /// <summary>The table of <c>docs/redis.md</c>.</summary>
    private static List<Row> Listed()
    {
        var rows = File.ReadAllLines(Checkout.File("docs/redis.md"))
            .Where(line => line.StartsWith("| `copilot:", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Row(ToPattern(cells[1].Trim('`')), cells[^2].StartsWith("node:", StringComparison.Ordinal)))
            .ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    private static Regex ToPattern(string key) => new($"^{Varying().Replace(Regex.Escape(key), ".+?")}$");

    [GeneratedRegex("<[a-z]+>")]
    private static partial Regex Varying();

    private sealed record Row(Regex Pattern, bool EndsWithItsNode);
}
