using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;

namespace CoPilot.Specifications.Routing;

/// <summary>Which of the agents who match is chosen, by their queue's strategy: <c>least_loaded</c> in orders, <c>longest_idle</c> in payments, <c>best_level</c> in shifts.</summary>
public abstract class StrategySpecification : ContactQueueSpecification
{
    private const string Shifts = RoutingSites.Shifts;

    [Fact]
    public async Task BestLevel_GoesBeforeLoad()
    {
        await HaveBusyAgentAsync("anna", Shifts + ":8", Shifts);
        await HaveAgentAsync("bert", capacity: 5, [Shifts + ":7"]);

        Assert.Equal("anna", (await EnqueueAsync("dana", Shifts)).Agent?.AgentId);
    }

    [Fact]
    public async Task BestLevel_AmongEquals_GoesToTheLeastLoaded_AndThenToTheLongestIdle()
    {
        await HaveBusyAgentAsync("anna", Shifts + ":5", Shifts);
        await HaveAgentAsync("carl", capacity: 5, [Shifts]);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await HaveAgentAsync("bert", capacity: 5, [Shifts]);

        Assert.Equal("carl", (await EnqueueAsync("dana", Shifts)).Agent?.AgentId);
        Assert.Equal("bert", (await EnqueueAsync("eric", Shifts)).Agent?.AgentId);
    }

    [Fact]
    public async Task BestLevel_IsThatOfTheContactsQueue()
    {
        await HaveAgentAsync("anna", queues: [Orders + ":10", Shifts + ":2"]);
        await HaveAgentAsync("bert", queues: [Orders + ":1", Shifts + ":3"]);

        Assert.Equal("bert", (await EnqueueAsync("dana", Shifts)).Agent?.AgentId);
    }

    [Fact]
    public async Task BestLevel_WhoDeclinedIt_ComesAfterAnyoneWhoDidNot()
    {
        await HaveAgentAsync("anna", queues: [Shifts + ":10"]);
        await HaveAgentAsync("bert", queues: [Shifts + ":1"]);
        var contact = await EnqueueAsync("dana", Shifts);

        await DeclineAsync("anna");

        Assert.Equal("bert", (await ContactAsync(contact.ContactId)).Agent?.AgentId);
    }

    [Fact]
    public async Task LongestIdle_GoesBeforeLoad()
    {
        await HaveBusyAgentAsync("anna", Payments, Payments);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await HaveAgentAsync("bert", capacity: 5, [Payments + ":10"]);

        Assert.Equal("anna", (await EnqueueAsync("dana", Payments)).Agent?.AgentId);
        Assert.Equal("bert", (await EnqueueAsync("eric", Payments)).Agent?.AgentId);
    }

    [Fact]
    public async Task LeastLoaded_LooksAtNoLevels()
    {
        await HaveBusyAgentAsync("anna", Orders + ":10", Orders);
        await HaveAgentAsync("bert", capacity: 5, [Orders + ":1"]);

        Assert.Equal("bert", (await EnqueueAsync("dana")).Agent?.AgentId);
    }

    [Fact]
    public async Task Levels_AreThoseOfTheLastConnection()
    {
        await HaveAgentAsync("anna", queues: [Shifts + ":8", Orders]);
        await HaveAgentAsync("bert", queues: [Shifts + ":6"]);

        var agent = await ConnectAsync("anna", queues: [Shifts + ":1", Orders], connection: "second");

        Assert.Equal((1, AgentSkill.DefaultLevel), (agent.Profile.LevelOf(Shifts), agent.Profile.LevelOf(Orders)));
        Assert.Equal([Shifts, Orders], (await AgentAsync("anna")).Profile.Queues);
        Assert.Equal("bert", (await EnqueueAsync("dana", Shifts)).Agent?.AgentId);
    }

    /// <summary>What sorted sets sort by must keep the order at the ends of what is allowed: the best agent with all but one of a hundred contacts, and the worst with none.</summary>
    [Fact]
    public async Task BestLevel_WithManyContacts_IsStillTheFirst()
    {
        await HaveAgentAsync("bert", capacity: 100, [Payments, Shifts + ":2"]);
        for (var i = 0; i < 99; i++)
        {
            await EnqueueAsync($"customer-{i}", Payments);
            await AcceptAsync("bert");
        }

        await HaveAgentAsync("anna", queues: [Shifts + ":1"]);

        Assert.Equal("bert", (await EnqueueAsync("dana", Shifts)).Agent?.AgentId);
    }

    private async Task HaveBusyAgentAsync(string agentId, string skill, string queue)
    {
        await HaveAgentAsync(agentId, capacity: 5, [skill]);
        await EnqueueAsync($"of-{agentId}", queue);
        Assert.Equal(ContactStates.Active, (await AcceptAsync(agentId)).State);
    }
}
