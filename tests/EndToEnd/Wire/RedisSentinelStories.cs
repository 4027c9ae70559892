using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>The primary dies in the middle of a conversation, and its replica takes over.</summary>
public sealed class RedisSentinelStories(TwoNodesBehindSentinels nodes) : WireStories(nodes), IClassFixture<TwoNodesBehindSentinels>
{
    private readonly RedisSentinels _redis = nodes.Redis;

    [Fact]
    public async Task Primary_KilledWhileBothWrite_IsFollowedByTheReplicaWithWhatItHad()
    {
        var world = Open();
        ExpectAFailover();
        var agent = await world.AgentAsync();
        var customer = await world.CustomerAsync();
        var conversation = await world.TalkAsync(customer, agent);
        var writers = new[] { new PersistentWriter(world, customer, conversation, "customer"), new PersistentWriter(world, agent, conversation, "agent") };
        var failedOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var number = 0; number < 5; number++)
        {
            await customer.SayAsync(conversation, $"asked in a quiet moment {number}");
            await agent.SayAsync(conversation, $"answered in a quiet moment {number}");
        }

        await _redis.CaughtUpAsync();
        var quiet = await customer.ReadAsync(conversation);

        var writing = Task.WhenAll(writers.Select(writer => writer.WriteUntilAsync(failedOver.Task)));
        await Task.WhenAll(writers.Select(writer => writer.ReachedAsync(5))).Within();
        var primary = await _redis.FailOverAsync();
        var early = writers.Select(writer => writer.Accepted.Count).ToList();
        await Task.WhenAll(writers.Zip(early, (writer, count) => writer.ReachedAsync(count + 5))).Within();
        failedOver.SetResult();
        await writing.Within();

        var seenByCustomer = await writers[0].ReadAllAsync().Within();
        var seenByAgent = await writers[1].ReadAllAsync().Within();
        Assert.Equal(seenByCustomer.Select(Written), seenByAgent.Select(Written));
        Assert.Equal(quiet.Select(Written), seenByCustomer.Take(quiet.Count).Select(Written));
        Assert.Equal(Enumerable.Range(1, seenByCustomer.Count).Select(seq => (long)seq), seenByCustomer.Select(entry => entry.Seq));
        foreach (var (writer, count) in writers.Zip(early))
        {
            var written = seenByCustomer.Where(entry => writer.Wrote(entry.Text)).Select(entry => (entry.Seq, entry.Text)).ToList();

            // What the old primary answered in its last moment may be gone, and one such answer may have been under way; the new one's word holds.
            var late = writer.Accepted.Skip(count + 1).ToList();
            Assert.Equal(late, written.TakeLast(late.Count));
            Assert.Equal(written.Select(entry => entry.Text).Distinct(), written.Select(entry => entry.Text));
        }

        Assert.Equal(1L, await primary.CommandAsync("EXISTS", $"copilot:{{{conversation}}}:conversation:log"));
        await GoOnAsync(world, writers[0].Person, writers[1].Person, conversation);
    }

    /// <summary>Both hear each other, and the next customer is offered, taken and answered.</summary>
    private static async Task GoOnAsync(WireWorld world, WirePerson customer, WirePerson agent, string conversation)
    {
        await customer.SayAsync(conversation, "Do you hear me?");
        await agent.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "Do you hear me?");
        await agent.SayAsync(conversation, "Loud and clear");
        await customer.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "Loud and clear");
        var next = await world.CustomerAsync();
        var nextConversation = await world.TalkAsync(next, agent);
        await agent.SayAsync(nextConversation, "Good afternoon to you");
        await next.Client.Events.Messages.WaitForAsync(message => message.Message.Text == "Good afternoon to you");
        await next.Client.EndChat(new EndChatRequest(nextConversation));
    }

    private void ExpectAFailover()
    {
        nodes.ExpectOutages();
        nodes.Expect("no Sentinel names a primary");

        // A replica that is promoted may be a moment behind.
        nodes.Expect("is gone or was cut back");

        // With two servers of data, one of them killed, nobody could write.
        nodes.Expect("min-replicas-to-write");
    }

    private static (long Seq, string Id, string Author, string Text) Written(LogEntry entry) => (entry.Seq, entry.MessageId, entry.Author.Id, entry.Text);
}
