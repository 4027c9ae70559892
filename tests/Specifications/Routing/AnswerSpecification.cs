using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.Specifications.Routing;

/// <summary>What engines count of how soon contacts are answered and how true their estimates were.</summary>
public abstract class AnswerSpecification : ContactQueueSpecification
{
    private const string Phone = "+31612345678";

    private static readonly TimeSpan Within = QueueSettings.DefaultAnswerWithin;
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Taken_AtTheLastMomentOrLater_CountsOnce()
    {
        await EnqueueAsync("cleo");
        await EnqueueAsync("dana");
        await PassAsync(Within);
        await HaveAgentAsync("anna", capacity: 2);
        await AcceptAsync("anna");
        await PassAsync(Instant);
        await AcceptAsync("anna");

        Assert.Equal(AnswerFigures.Answer(inTime: true) + AnswerFigures.Answer(inTime: false), await AnswersAsync());
    }

    [Fact]
    public async Task TransferredOrOfAnAgentWhoIsGone_IsNotAnsweredAgain()
    {
        var chat = await HaveActiveAsync("anna", "cleo");
        var answered = AnswerFigures.Answer(inTime: true);
        await HaveAgentAsync("bert", queues: [Orders, Payments]);
        await PassAsync(2 * Within);
        Accepted(await TransferAsync("anna", chat.ContactId, toQueue: Payments));
        await AcceptAsync("bert");
        Assert.Equal((answered, default), (await AnswersAsync(), await AnswersAsync(Payments)));

        await DisconnectAsync("bert");
        await PassAsync(RoutingSites.LongGrace);
        Accepted(await CloseAsync(chat.ContactId, Roles.Customer, "cleo"));

        Assert.Equal((answered, default), (await AnswersAsync(), await AnswersAsync(Payments)));
    }

    [Fact]
    public async Task CalledAgain_IsNotAnsweredAgain()
    {
        var call = await HaveCallAsync("anna", "cleo", Phone);
        await CompleteAsync("anna", call.ContactId, CallOutcomes.NoAnswer);
        await PassAsync(RoutingSites.RetryPauses[0]);
        await AcceptAsync("anna");

        Assert.Equal(AnswerFigures.Answer(inTime: true), await AnswersAsync());
    }

    [Fact]
    public async Task Leaving_CountsAsLate_AfterThatTimeOnly()
    {
        var (soon, late) = (await EnqueueAsync("cleo"), await EnqueueAsync("dana"));
        await PassAsync(Within);
        Accepted(await CloseAsync(soon.ContactId, Roles.Customer, "cleo"));
        Assert.Equal(default, await AnswersAsync());
        await PassAsync(Instant);
        await HaveAgentAsync("anna");
        Accepted(await CloseAsync(late.ContactId, Roles.Customer, "dana"));

        Assert.Equal(AnswerFigures.Answer(inTime: false), await AnswersAsync());
    }

    [Fact]
    public async Task Cancelling_WhatIsScheduled_DoesNotCount()
    {
        var call = await ScheduleAsync("cleo", Phone, Clock.GetUtcNow() + RoutingSites.SlotLength);
        await PassAsync(2 * Within);
        Accepted(await CloseAsync(call.ContactId, Roles.Customer, "cleo"));

        Assert.Equal(default, await AnswersAsync());
    }

    [Fact]
    public async Task OverflownAndMoved_CountsWhereItIsTaken_FromItsArrival()
    {
        await HaveAgentAsync("bert", queues: [Payments]);
        await SetStatusAsync("bert", AgentStatuses.Away);
        await HaveAgentAsync("carl", queues: [RoutingSites.Small]);
        await SetStatusAsync("carl", AgentStatuses.Away);
        var over = await EnqueueAsync("cleo", RoutingSites.Small);
        await PassAsync(RoutingSites.OverflowAfter);
        Assert.Equal(Payments, (await ContactAsync(over.ContactId)).Queue);
        var moved = await EnqueueAsync("dana");
        Assert.True(Accepted(await Queue.MoveContactAsync(new MoveContactCommand(Shop, moved.ContactId, Payments, new Supervisor("sam", "Sam"))).Within()));
        await ConnectAsync("bert", capacity: 2, queues: [Payments]);
        await SetStatusAsync("bert", AgentStatuses.Available);

        await AcceptAsync("bert");
        await AcceptAsync("bert");

        Assert.Equal(AnswerFigures.Answer(inTime: false) + AnswerFigures.Answer(inTime: true), await AnswersAsync(Payments));
        Assert.Equal((default, default), (await AnswersAsync(), await AnswersAsync(RoutingSites.Small)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Estimate_IsHeldAgainstWhatWasWaited(int minutes, bool inside)
    {
        var chat = await EnqueueAsync("cleo");
        await EnqueueAsync("dana");
        await Queue.KeepShownWaitsAsync(Shop, [new WaitShown(chat.ContactId, new WaitRange(60, 120))]).Within();
        await PassAsync(TimeSpan.FromMinutes(minutes));
        await HaveAgentAsync("anna", capacity: 2);
        await AcceptAsync("anna");
        var expected = AnswerFigures.Estimate(inside) + AnswerFigures.Answer(minutes <= 1);
        Assert.Equal(expected, await AnswersAsync());

        // Nobody was told anything.
        await AcceptAsync("anna");
        Assert.Equal(expected + AnswerFigures.Answer(minutes <= 1), await AnswersAsync());
    }

    [Fact]
    public async Task Answers_Decay()
    {
        await HaveActiveAsync("anna", "cleo");
        var times = (await Queue.GetWaitsAsync(Shop).Within()).Lines[0].Times;
        await PassAsync(TimeSpan.FromHours(1));
        await EnqueueAsync("dana");
        await HaveAgentAsync("bert");
        await AcceptAsync("bert");

        var now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(times.AsOf(now).Answers + AnswerFigures.Answer(inTime: true), await AnswersAsync());
        Assert.InRange(times.AsOf(now).Answers.InTime, 300, 400);
    }

    private async Task<AnswerFigures> AnswersAsync(string queue = Orders) =>
        (await Queue.GetSiteAsync(Shop, [], isWatched: false).Within()).Lines.Single(line => line.State.Name == queue).Facts.Times.Answers;
}
