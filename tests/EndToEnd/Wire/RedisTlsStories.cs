using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Whatever a node has open to Redis is encrypted, and what is said goes over connections of our own as it does without.</summary>
public sealed class RedisTlsStories(TwoNodesOverTls nodes) : WireStories(nodes), IClassFixture<TwoNodesOverTls>
{
    /// <summary>A node has one of each for chats and another for Co-Pilot.</summary>
    private static readonly (int Pipelines, int Listeners) OfBothNodes = (4, 4);

    private readonly RedisServer _redis = nodes.Redis;

    [Fact]
    public async Task Talk_OverTls_GoesOverThePipelineAndTheListenerOfEachNode()
    {
        var world = Open();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);

        // Larger than a record of TLS, which holds 16 KB, in what Redis answers.
        var texts = Enumerable.Range(0, 20).Select(number => $"{number} {new string('x', 1_500)}").ToList();
        foreach (var text in texts)
        {
            await customer.SayAsync(conversation, text);
            await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == text);
        }

        Assert.Equal(texts, (await agent.ReadAsync(conversation)).Where(entry => entry.Author.Id == customer.Id).Select(entry => entry.Text));
        Assert.Equal(OfBothNodes, (await CountAsync("-pipeline"), await CountAsync("-listener")));
    }

    [Fact]
    public async Task Redis_KilledAndStartedAgain_IsFoundAgainOverTls()
    {
        var world = Open();
        nodes.ExpectOutages();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);

        await _redis.KillHardAsync();
        await _redis.StartAgainAsync();

        await WireWorld.UntilAnsweredAsync(() => customer.SayAsync(conversation, "Still there?", "m1"));
        await Eventually.TrueAsync(async () => (await CountAsync("-pipeline"), await CountAsync("-listener")) == OfBothNodes);
        Assert.Single(await WireWorld.UntilAnsweredAsync(() => agent.ReadAsync(conversation)), entry => entry.Text == "Still there?");
    }

    private async Task<int> CountAsync(string name)
    {
        var clients = (string)(await _redis.CommandAsync("CLIENT", "LIST"))!;
        return clients.Split('\n').Count(client => client.Contains($"{name} ", StringComparison.Ordinal));
    }
}
