namespace CoPilot.EndToEnd.Chaos;

/// <summary>All attempts to send one message.</summary>
internal sealed class SentMessage(IReadOnlyList<SendAttempt> attempts)
{
    public string AuthorId => attempts[0].AuthorId;

    public string MessageId => attempts[0].MessageId;

    public string Text => attempts[0].Text;

    /// <summary>Before this moment it cannot have been in the log.</summary>
    public long Started { get; } = attempts.Min(attempt => attempt.Started);

    /// <summary>The first acknowledgement; after its end it must be in the log.</summary>
    public SendAttempt? Accepted { get; } = attempts.Where(attempt => attempt.Outcome == SendOutcome.Accepted).MinBy(attempt => attempt.Ended);

    public IEnumerable<long> Seqs =>
        attempts.Where(attempt => attempt is { Outcome: SendOutcome.Accepted, Seq: not null }).Select(attempt => attempt.Seq!.Value).Distinct();

    public string? RefusedWith => attempts.LastOrDefault(attempt => attempt.Outcome == SendOutcome.Refused)?.Code;

    public bool WasRefusedEveryTime => attempts.All(attempt => attempt.Outcome == SendOutcome.Refused);
}
