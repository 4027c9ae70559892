using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Relaying;

/// <summary>What a worker's sessions measure together.</summary>
internal sealed class RelaySteps(WorkerContext worker)
{
    public const string SeenFrames = "frame seen";
    public const string ShownBytes = "bytes of frames";

    /// <summary>From the moment at which the browser was to send it until the server has taken it, or</summary>
    public StepMetrics Taken { get; } = worker.Step("frame taken");

    /// <summary>until the agent's browser has its last piece.</summary>
    public StepMetrics Seen { get; } = worker.Step(SeenFrames);

    public StepMetrics Pointer { get; } = worker.Step("pointer");

    public Counter PointersSeen { get; } = worker.Counter("pointers seen");

    /// <summary>Compressed, as they leave the customer's browser and before they are put into calls.</summary>
    public Counter Bytes { get; } = worker.Counter(ShownBytes);

    /// <summary>The agent's view had to begin anew.</summary>
    public Counter KeyframesAsked { get; } = worker.Counter("keyframes asked for");

    /// <summary>Nobody waits for it, and a refusal fails the run.</summary>
    public IAnswerReceiver Unawaited { get; } = new UnawaitedAnswer(worker);

    private sealed class UnawaitedAnswer(WorkerContext worker) : IAnswerReceiver
    {
        public void Answered(HubDialect dialect, ReadOnlySpan<byte> body)
        {
        }

        public void Failed(Exception error) => worker.Failures.Add(error);
    }
}
