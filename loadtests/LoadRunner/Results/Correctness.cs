namespace CoPilot.LoadRunner.Results;

/// <summary>What became of what was sent: a fast run that lost something is a failed run.</summary>
/// <param name="Failures">The first twenty.</param>
/// <param name="FailureCount">All of them.</param>
internal sealed record Correctness(
    long Sent, long Delivered, long Lost, long Doubled, long Reordered, IReadOnlyList<string> Failures, long FailureCount)
{
    public bool IsGood => Lost == 0 && Doubled == 0 && Reordered == 0 && FailureCount == 0;
}
