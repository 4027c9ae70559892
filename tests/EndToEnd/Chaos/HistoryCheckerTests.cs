using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>Histories made by hand, each with one fault: a checker that finds nothing proves nothing.</summary>
public sealed class HistoryCheckerTests
{
    private const string Chat = "chat-1";
    private const string Customer = "customer-1";
    private const string Agent = "agent-1";
    private const string OtherAgent = "agent-2";

    private static readonly SendAttempt Hello = Sent(Customer, "m1", "Hello", 1, 2, 2);
    private static readonly SendAttempt Answer = Sent(Agent, "m2", "Good morning", 3, 4, 3);

    /// <summary>An agent joined, the customer wrote and the agent answered.</summary>
    private static readonly LogEntry[] GoodLog = [Joined(1, Agent), Said(2, Hello), Said(3, Answer)];

    private static readonly FinalConversation Good = new(Chat, Customer, ["epoch-1"], ContactStates.Active, [Agent], GoodLog, GoodLog);

    [Fact]
    public void Check_GoodHistory_FindsNothing() => Assert.Empty(Check(Good, [Hello, Answer]));

    [Fact]
    public void Check_UnansweredAndAbsent_FindsNothing() =>
        Assert.Empty(Check(Good, [Hello, Answer, Hello with { MessageId = "m9", Outcome = SendOutcome.Unknown, Seq = null }]));

    [Fact]
    public void Check_UnansweredThenAcknowledged_FindsNothing() =>
        Assert.Empty(Check(Good, [Hello with { Started = 0, Ended = 1, Outcome = SendOutcome.Unknown, Seq = null }, Hello, Answer]));

    [Fact]
    public void Check_AcknowledgedAndAbsent_IsLost() =>
        Finds(FaultKind.Lost, Check(Good, [Hello, Answer, Sent(Agent, "m3", "And?", 5, 6, 4)]));

    [Fact]
    public void Check_AcknowledgedAndAbsentForTheCustomerOnly_IsLost() =>
        Finds(FaultKind.Lost, Check(Good with { CustomerLog = GoodLog[..2] }, [Hello, Answer]));

    [Fact]
    public void Check_HoleInTheLog_IsLost() =>
        Finds(FaultKind.Lost, Check(With([GoodLog[0], GoodLog[2]]), [Answer]));

    [Fact]
    public void Check_SameMessageTwice_IsDoubled() =>
        Finds(FaultKind.Doubled, Check(With([.. GoodLog, Said(4, Hello)]), [Hello, Answer]));

    [Fact]
    public void Check_SameEventTwice_IsDoubled() =>
        Finds(FaultKind.Doubled, Check(With([.. GoodLog, Joined(4, Agent) with { MessageId = "joined-1" }]), [Hello, Answer]));

    [Fact]
    public void Check_AcknowledgedBeforeTheOtherWasSentAndBehindIt_IsReordered()
    {
        var first = Hello with { Seq = 3 };
        var second = Answer with { Seq = 2 };
        Finds(FaultKind.Reordered, Check(With([Joined(1, Agent), Said(2, second), Said(3, first)]), [first, second]));
    }

    [Fact]
    public void Check_OvertakenByOneThatWasNeverAcknowledged_IsReordered()
    {
        var first = Hello with { Seq = 3 };
        var second = Answer with { Seq = null, Outcome = SendOutcome.Unknown };
        Finds(FaultKind.Reordered, Check(With([Joined(1, Agent), Said(2, second), Said(3, first)]), [first, second]));
    }

    [Fact]
    public void Check_SentAtTheSameTime_MayStandEitherWay()
    {
        var first = Hello with { Seq = 3, Ended = 9 };
        var second = Answer with { Seq = 2 };
        Assert.Empty(Check(With([Joined(1, Agent), Said(2, second), Said(3, first)]), [first, second]));
    }

    [Fact]
    public void Check_AcknowledgedWithAnotherSeq_IsReordered() =>
        Finds(FaultKind.Reordered, Check(Good, [Hello with { Seq = 7 }, Answer]));

    [Fact]
    public void Check_LogOutOfOrder_IsReordered() =>
        Finds(FaultKind.Reordered, Check(With([GoodLog[0], GoodLog[2], GoodLog[1]]), [Hello, Answer]));

    [Fact]
    public void Check_PushedOutOfOrder_IsReordered() =>
        Finds(FaultKind.Reordered, Check(Good, [Hello, Answer], [new Push(1, Chat, GoodLog[2]), new Push(1, Chat, GoodLog[1])]));

    [Fact]
    public void Check_LastOnePushedOnceMore_FindsNothing() =>
        Assert.Empty(Check(Good, [Hello, Answer], [new Push(1, Chat, GoodLog[1]), new Push(1, Chat, GoodLog[2]), new Push(1, Chat, GoodLog[2])]));

    [Fact]
    public void Check_PushedToAnotherConnection_FindsNothing() =>
        Assert.Empty(Check(Good, [Hello, Answer], [new Push(1, Chat, GoodLog[2]), new Push(2, Chat, GoodLog[1])]));

    [Fact]
    public void Check_NeverSent_IsPhantom() => Finds(FaultKind.Phantom, Check(Good, [Hello]));

    [Fact]
    public void Check_RefusedAndPresent_IsPhantom() => Finds(
        FaultKind.Phantom, Check(Good, [Hello, Answer with { Outcome = SendOutcome.Refused, Seq = null, Code = ErrorCodes.NotFound }]));

    [Fact]
    public void Check_PushedAndNotInTheLog_IsPhantom() => Finds(
        FaultKind.Phantom, Check(Good, [Hello, Answer], [new Push(1, Chat, Said(4, Sent(Agent, "m3", "And?", 5, 6, 4)))]));

    [Fact]
    public void Check_AnotherText_IsWrongText() =>
        Finds(FaultKind.WrongText, Check(With([GoodLog[0], GoodLog[1], GoodLog[2] with { Text = "Good evening" }]), [Hello, Answer]));

    [Fact]
    public void Check_PushedWithAnotherText_IsWrongText() =>
        Finds(FaultKind.WrongText, Check(Good, [Hello, Answer], [new Push(1, Chat, GoodLog[2] with { Text = "Good evening" })]));

    [Fact]
    public void Check_CustomerRefusedForGood_IsRefused() => Finds(
        FaultKind.Refused, Check(Good, [Hello, Answer, Sent(Customer, "m3", "And?", 5, 6, 0) with { Outcome = SendOutcome.Refused, Seq = null, Code = ErrorCodes.NotFound }]));

    [Fact]
    public void Check_SecondAgentJoinsWhileTheFirstServes_IsDoubleOwner() =>
        Finds(FaultKind.DoubleOwner, Check(With([.. GoodLog, Joined(4, OtherAgent)]) with { Owners = [OtherAgent] }, [Hello, Answer]));

    [Fact]
    public void Check_SecondAgentJoinsAfterTheFirstLeft_FindsNothing() =>
        Assert.Empty(Check(With([.. GoodLog, Left(4, Agent), Joined(5, OtherAgent)]) with { Owners = [OtherAgent] }, [Hello, Answer]));

    [Fact]
    public void Check_FormerAgentWrites_IsDoubleOwner()
    {
        var late = Sent(Agent, "m3", "Still here", 5, 6, 6);
        Finds(
            FaultKind.DoubleOwner,
            Check(With([.. GoodLog, Left(4, Agent), Joined(5, OtherAgent), Said(6, late)]) with { Owners = [OtherAgent] }, [Hello, Answer, late]));
    }

    [Fact]
    public void Check_ListedByTwoAgents_IsDoubleOwner() =>
        Finds(FaultKind.DoubleOwner, Check(Good with { Owners = [Agent, OtherAgent] }, [Hello, Answer]));

    [Fact]
    public void Check_ListedByAnAgentWhomTheLogDoesNotName_IsDoubleOwner() =>
        Finds(FaultKind.DoubleOwner, Check(Good with { Owners = [OtherAgent] }, [Hello, Answer]));

    [Fact]
    public void Check_AcceptedByAnAgentWhoNeverJoined_IsLost() =>
        Finds(FaultKind.Lost, Check(Good, [Hello, Answer], accepted: [new AcceptedOffer(Chat, OtherAgent)]));

    [Theory]
    [InlineData(ContactStates.Waiting)]
    [InlineData(ContactStates.Offered)]
    [InlineData(ContactStates.Active)]
    [InlineData(null)]
    public void Check_ServedByNobody_IsForgotten(string? state) =>
        Finds(FaultKind.Forgotten, Check(Good with { State = state, Owners = [] }, [Hello, Answer]));

    [Fact]
    public void Check_WaitsWhileNobodyIsFree_FindsNothing() => Assert.Empty(HistoryChecker.Check(
        new Observations([Hello, Answer], [], [], [With([.. GoodLog, Left(4, Agent)]) with { State = ContactStates.Waiting, Owners = [] }], AgentsAreFree: false)));

    [Fact]
    public void Check_SecondEpoch_IsRestarted() => Finds(FaultKind.Restarted, Check(Good with { Epochs = ["epoch-1", "epoch-2"] }, [Hello, Answer]));

    private static IReadOnlyList<Fault> Check(
        FinalConversation conversation, IReadOnlyList<SendAttempt> sends, IReadOnlyList<Push>? pushes = null, IReadOnlyList<AcceptedOffer>? accepted = null) =>
        HistoryChecker.Check(new Observations(sends, pushes ?? [], accepted ?? [], [conversation], AgentsAreFree: true));

    private static void Finds(FaultKind kind, IReadOnlyList<Fault> found) => Assert.Contains(found, fault => fault.Kind == kind);

    private static FinalConversation With(LogEntry[] log) => Good with { CustomerLog = log, AgentLog = log };

    private static SendAttempt Sent(string author, string messageId, string text, long started, long ended, long seq) =>
        new(Chat, author, messageId, text, started, ended, SendOutcome.Accepted, seq);

    private static LogEntry Said(long seq, SendAttempt attempt) => Entry(
        seq, attempt.MessageId, EntryKinds.Text, new Author(attempt.AuthorId == Customer ? Roles.Customer : Roles.Agent, attempt.AuthorId, null), attempt.Text);

    private static LogEntry Joined(long seq, string agent) => Event(seq, agent, EventCodes.AgentJoined);

    private static LogEntry Left(long seq, string agent) => Event(seq, agent, EventCodes.AgentAway);

    private static LogEntry Event(long seq, string agent, string code) =>
        Entry(seq, $"joined-{seq}", EntryKinds.Event, new Author(Roles.System, "system", null), code) with
        {
            Data = new Dictionary<string, string> { ["agentId"] = agent },
        };

    private static LogEntry Entry(long seq, string messageId, string kind, Author author, string text) =>
        new(seq, seq - 1, messageId, kind, Audiences.All, author, text, DateTimeOffset.UnixEpoch);
}
