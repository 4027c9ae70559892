using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>What supervisors see of a site.</summary>
public abstract class SiteSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";
    private const string OtherPhone = "+31612345679";

    [Fact]
    public async Task EmptySite_HasItsQueues()
    {
        var site = await SiteAsync();

        Assert.Equal(Clock.GetUtcNow(), site.At);
        Assert.Equal(new RoutingSites().All.First().Queues.Select(queue => queue.Name), site.Lines.Select(line => line.State.Name));
        Assert.All(site.Lines, line => Assert.Equal(
            new SiteLine(new QueueState(line.State.Name, 0, null, 0), new LineFacts(line.State.Name, 0, 0, 0, default), 0, 0, 0, 0), line));
        Assert.Empty(site.Agents);
        Assert.Empty(site.Listed);
        Assert.Empty((await Queue.GetSiteAsync("nowhere", [], isWatched: true).Within()).Lines);
    }

    [Fact]
    public async Task Line_CountsBothKinds_OfferedAndServed()
    {
        await HaveActiveAsync("anna", "cleo");
        await HaveAgentAsync("bert");
        await RequestAsync("dana", Phone);
        await EnqueueAsync("eric");
        await RequestAsync("fred", OtherPhone);

        var line = await LineAsync();

        Assert.Equal((3, 2, 1), (line.Facts.InLine, line.Facts.Waiting, line.Facts.CallsWaiting));
        Assert.Equal((2, 1, 0), (line.CallsInLine, line.Serving, line.State.AgentsAvailable));
    }

    /// <summary>More than an engine deals with at once.</summary>
    [Fact]
    public async Task ManyAgents_AreAllThere_WithWhatTheyHaveInEachQueue()
    {
        const int Many = 120;
        for (var i = 0; i < Many; i++)
        {
            var (agent, queue) = ($"agent{i:D3}", i % 3 == 0 ? Payments : Orders);
            await HaveAgentAsync(agent, queues: [queue]);
            await EnqueueAsync($"customer{i}", topic: queue);
            await AcceptAsync(agent);
        }

        await PassAsync(2 * RoutingRules.PresenceLease);
        await HaveAgentAsync("bert");
        await RequestAsync("dana", Phone);

        var site = await SiteAsync();
        Assert.Equal([.. Enumerable.Range(0, Many).Select(i => $"agent{i:D3}"), "bert"], site.Agents.Select(agent => agent.Agent.AgentId));
        Assert.All(site.Agents, agent => Assert.Equal((true, 1), (agent.IsConnected, agent.Load)));
        var (orders, payments) = (LineOf(site, Orders), LineOf(site, Payments));
        Assert.Equal((80, 1), (orders.Serving, orders.CallsInLine));
        Assert.Equal((40, 0), (payments.Serving, payments.CallsInLine));
        Assert.Equal(Many + 1, (await Queue.GetWaitsAsync(Shop).Within()).Agents.Count);
    }

    [Fact]
    public async Task OldestArrival_IsOfWhoCameFirst_WhoeverStandsFirst()
    {
        var first = await EnqueueAsync("cleo");
        Clock.Advance(TimeSpan.FromSeconds(20));
        var express = await EnqueueAsync("dana", RoutingSites.Express);
        Assert.Equal(express.ContactId, (await Queue.GetLineAsync(Shop, Orders).Within())[0].ContactId);

        Assert.Equal(first.ArrivedAt, (await LineAsync()).State.OldestArrival);
        Assert.Equal(first.ArrivedAt, (await Queue.GetQueuesAsync(Shop).Within()).Single(queue => queue.Name == Orders).OldestArrival);
        Accepted(await CloseAsync(first.ContactId, Roles.Customer, "cleo"));
        Assert.Equal(express.ArrivedAt, (await LineAsync()).State.OldestArrival);
    }

    [Fact]
    public async Task Scheduled_AreDueWithinTheHour_AlsoWhatIsTriedAgainOrMoved()
    {
        var soon = Clock.GetUtcNow() + RoutingSites.SlotLength;
        var call = await ScheduleAsync("cleo", Phone, soon);
        await ScheduleAsync("dana", OtherPhone, Clock.GetUtcNow().AddHours(2));
        Assert.Equal((2, 1), await ScheduledAsync());
        Accepted(await TryRescheduleAsync("cleo", call.ContactId, soon.AddHours(3)));
        Assert.Equal((2, 0), await ScheduledAsync());
        Accepted(await Queue.MoveContactAsync(new MoveContactCommand(Shop, call.ContactId, RoutingSites.Night, new Supervisor("sam", "Sam"))).Within());
        Assert.Equal(((1, 0), (1, 0)), (await ScheduledAsync(), await ScheduledAsync(RoutingSites.Night)));
        Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo"));
        Assert.Equal((0, 0), await ScheduledAsync(RoutingSites.Night));
        await PassAsync(TimeSpan.FromHours(1));
        Assert.Equal((1, 1), await ScheduledAsync());

        await PassAsync(TimeSpan.FromHours(1));
        Assert.Equal((0, 0), await ScheduledAsync());
        await HaveAgentAsync("anna");
        var taken = await AcceptAsync("anna");
        await CompleteAsync("anna", taken.ContactId, CallOutcomes.Busy);

        Assert.Equal((1, 1), await ScheduledAsync());
    }

    [Fact]
    public async Task ComingDueWhileClosedForNow_StandsInLine()
    {
        await ScheduleAsync("cleo", Phone, Clock.GetUtcNow() + RoutingSites.SlotLength);
        var until = Clock.GetUtcNow().AddHours(4);
        Accepted(await Queue.CloseQueueAsync(new CloseQueueCommand(Shop, Orders, until, new Supervisor("sam", "Sam"))).Within());
        await PassAsync(RoutingSites.SlotLength);

        var line = await LineAsync();
        Assert.Equal((0, 0, 1), (line.Scheduled, line.Due, line.State.Waiting));
        Assert.Equal(new QueueClosure(until, until), line.State.Closure);
        Assert.True(line.Facts.IsClosedForNow);
    }

    [Fact]
    public async Task Agents_AreThoseWhoAreThere_AndWhoeverHasAContact()
    {
        var chat = await HaveActiveAsync("carl", "cleo", capacity: 3);
        await HaveCallAsync("bert", "dana", Phone, capacity: 2);
        await HaveAgentAsync("anna", queues: [Payments, Orders]);
        await SetStatusAsync("anna", AgentStatuses.Away);
        await HaveAgentAsync("dora");
        await DisconnectAsync("dora");
        await ConnectAsync("eve");
        await DisconnectAsync("carl");

        Assert.Equal(
            ["ANNA away True 0/1 False payments,orders", "BERT available True 1/2 True orders", "CARL available False 1/3 False orders"],
            await AgentsAsync());
        Accepted(await CloseAsync(chat.ContactId, Roles.Customer, "cleo"));
        Assert.Equal(2, (await AgentsAsync()).Count);
        Clock.Advance(RoutingRules.PresenceLease);
        Assert.Equal(["BERT available False 1/2 True orders"], await AgentsAsync());
    }

    [Fact]
    public async Task WrapUp_IsShownUntilItEnds()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.Reached);

        Assert.Equal(Clock.GetUtcNow() + RoutingSites.WrapUp, Assert.Single((await SiteAsync()).Agents).WrapUpUntil);
        await PassAsync(RoutingSites.WrapUp);
        Assert.Null(Assert.Single((await SiteAsync()).Agents).WrapUpUntil);
    }

    [Fact]
    public async Task Listed_AreTheFirstOfTheLine_InOrder()
    {
        await HaveAgentAsync("anna");
        await EnqueueAsync("cleo");
        for (var i = 0; i <= Limits.LineContacts; i++)
        {
            await EnqueueAsync($"customer-{i}");
        }

        var express = await EnqueueAsync("dana", RoutingSites.Express);
        var line = Assert.Single((await SiteAsync(Orders)).Listed);

        Assert.Equal((Orders, Limits.LineContacts), (line.Queue, line.Contacts.Count));
        Assert.Equal(Enumerable.Range(1, Limits.LineContacts), line.Contacts.Select(contact => contact.Position));
        Assert.Equal(
            (await Queue.GetLineAsync(Shop, Orders).Within()).Take(Limits.LineContacts).Select(place => (place.ContactId, place.StandsAt)),
            line.Contacts.Select(contact => (contact.Contact.ContactId, contact.StandsAt)));
        Assert.Equal((express.ContactId, 60), (line.Contacts[0].Contact.ContactId, line.Contacts[0].HeadStart));
        Assert.Equal((ContactStates.Offered, "ANNA"), (line.Contacts[1].Contact.State, line.Contacts[1].Contact.Agent?.Name));
        Assert.Equal([Orders, Payments], (await SiteAsync(Orders, Payments)).Listed.Select(listed => listed.Queue));
    }

    [Fact]
    public async Task Waits_AreThoseThatEstimatesAreMadeFrom()
    {
        await HaveCallAsync("anna", "cleo", Phone, capacity: 3);
        await HaveAgentAsync("bert", queues: [Orders, Payments]);
        await EnqueueAsync("dana");
        await EnqueueAsync("eric");

        var (expected, actual) = (await Queue.GetWaitsAsync(Shop).Within(), (await SiteAsync()).ToWaits());

        Assert.Equal(expected.At, actual.At);
        Assert.Equal(expected.Lines, actual.Lines);
        Assert.Equal(expected.Agents.Select(Describe).Order(StringComparer.Ordinal), actual.Agents.Select(Describe).Order(StringComparer.Ordinal));

        static string Describe(AgentSeats agent) =>
            $"{string.Join(',', agent.Queues.Order(StringComparer.Ordinal))} {agent.Capacity} {agent.Load} {agent.IsOnCall} {agent.IsFinishingUp}";
    }

    private Task<SiteFacts> SiteAsync(params string[] listed) => Queue.GetSiteAsync(Shop, listed, isWatched: false).Within();

    private async Task<SiteLine> LineAsync(string queue = Orders) => LineOf(await SiteAsync(), queue);

    private static SiteLine LineOf(SiteFacts site, string queue) => site.Lines.Single(line => line.State.Name == queue);

    private async Task<(int Scheduled, int Due)> ScheduledAsync(string queue = Orders)
    {
        var line = await LineAsync(queue);
        return (line.Scheduled, line.Due);
    }

    private async Task<IReadOnlyList<string>> AgentsAsync() =>
        [.. (await SiteAsync()).Agents.Select(agent =>
            $"{agent.Agent.Name} {agent.Status} {agent.IsConnected} {agent.Load}/{agent.Capacity} {agent.IsOnCall} {string.Join(',', agent.Queues)}")];
}
