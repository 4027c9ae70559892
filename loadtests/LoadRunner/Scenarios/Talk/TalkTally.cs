using System.Collections.Concurrent;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>Where one worker's people write down what they said and heard: times into the steps, who heard what into the ledger.</summary>
/// <param name="keepsAcknowledged">Which messages were acknowledged is kept too; that grows with each.</param>
internal sealed class TalkTally(WorkerContext worker, int conversations, bool keepsAcknowledged)
{
    private readonly ConcurrentQueue<TalkText> _kept = [];
    private readonly StepMetrics _acknowledged = worker.Step("ack");
    private readonly StepMetrics _delivered = worker.Step("delivery");
    private readonly StepMetrics _typing = worker.Step("typing");
    private readonly Counter _echoes = worker.Counter("echoes");

    public TalkLedger Ledger { get; } = new(conversations);

    /// <summary>Empty unless they are kept.</summary>
    public IReadOnlyCollection<TalkText> Acknowledged => _kept;

    /// <summary>Nothing is under way any more.</summary>
    public bool IsComplete => Ledger.IsComplete && (!keepsAcknowledged || _kept.Count == Ledger.Count().Said);

    /// <summary>A message that arrived on a connection of that side. Answers what it said; null when it is none of ours.</summary>
    public TalkText? Hear(int side, ReadOnlySpan<byte> message)
    {
        if (!TalkText.TryFind(message, out var text))
        {
            return null;
        }

        if (text.Side == side)
        {
            _echoes.Add();
        }
        else if (Ledger.Hear(text) is { } intended)
        {
            _delivered.Ok(intended);
        }

        return text;
    }

    /// <summary>The answer to something said.</summary>
    public IAnswerReceiver Acknowledgement(TalkText text, long intended) =>
        keepsAcknowledged ? new KeptAnswer(this, text, intended) : new TimedAnswer(_acknowledged, intended);

    public IAnswerReceiver TypingAnswer(long intended) => new TimedAnswer(_typing, intended);

    private sealed class KeptAnswer(TalkTally tally, TalkText text, long intended) : IAnswerReceiver
    {
        public void Answered(HubDialect dialect, ReadOnlySpan<byte> body)
        {
            tally._acknowledged.Ok(intended);
            tally._kept.Enqueue(text);
        }

        public void Failed(Exception error) => tally._acknowledged.Fail(intended, FailureCodes.Of(error));
    }
}
