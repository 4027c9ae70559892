using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios;

/// <summary>Times a step that ends with an answer; a refusal is counted by its code.</summary>
internal sealed class TimedAnswer(StepMetrics step, long intended) : IAnswerReceiver
{
    public void Answered(HubDialect dialect, ReadOnlySpan<byte> body) => step.Ok(intended);

    public void Failed(Exception error) => step.Fail(intended, FailureCodes.Of(error));
}
