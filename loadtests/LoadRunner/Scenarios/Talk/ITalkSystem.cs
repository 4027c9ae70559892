using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>One worker's people on one system, two in each conversation: side 0 is the customer, side 1 the agent. What arrives goes to the <see cref="TalkTally"/>.</summary>
internal interface ITalkSystem : IAsyncDisposable
{
    /// <summary>Everybody is connected and in their conversation when it returns.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>False while the conversation is being ended or begun.</summary>
    bool IsOpen(int conversation);

    /// <summary>Returns when it is sent.</summary>
    void Say(TalkText text, string words, IAnswerReceiver answer);
}

/// <summary>A system whose conversations have a life around what is said in them.</summary>
internal interface ILivelyTalkSystem : ITalkSystem
{
    /// <summary>Tells the other side that this one types.</summary>
    void ShowTyping(int conversation, int side, IAnswerReceiver answer);

    /// <summary>Ends the conversation, once all that was said in it has arrived, and begins a new one in its place, with the same customer.</summary>
    Task RenewAsync(int conversation, CancellationToken cancellationToken);
}

/// <summary>A system that keeps what was said.</summary>
internal interface IKeepingTalkSystem : ITalkSystem
{
    /// <summary>Lets the ledger hear what stands in each conversation's log. Nobody says anything any more, and what was not acknowledged by now is given up.</summary>
    Task ReadLogsAsync(TalkLedger log, CancellationToken cancellationToken);
}
