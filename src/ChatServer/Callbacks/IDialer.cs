namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Gets a customer called, once an agent has taken their call-back.
/// <para><b>When.</b> After the attempt was stored, by whoever applies what routing's steps leave to be done; never inside such a step, which must not wait for a
/// telephone network. An answer may take three quarters of a minute, so nothing else may wait for it either.</para>
/// <para><b>Once.</b> The attempt's id is what makes two calls of this method one telephone call: after a crash, or by two nodes at once, the same attempt may be
/// dialled again with the same content.</para>
/// <para><b>Failure.</b> Is a value. The attempt stands whatever is answered: the agent who has it can dial themselves, and notes how it went.</para>
/// <para><b>Concurrency.</b> Thread-safe.</para>
/// </summary>
public interface IDialer
{
    /// <summary>Answers when the call was asked for, or will not be.</summary>
    /// <param name="stands">Whether the attempt is still to be made; asked before every try, because it may have ended on any node.</param>
    /// <exception cref="OperationCanceledException">The node stops; the call may have been asked for or not.</exception>
    Task<DialResult> DialAsync(DialRequest request, Func<CancellationToken, Task<bool>> stands, CancellationToken cancellationToken = default);
}

/// <summary>How an attempt began.</summary>
public enum DialResult
{
    /// <summary>Nobody was asked: the agent dials.</summary>
    LeftToAgent,

    /// <summary>The provider calls, and says by call statuses how it goes.</summary>
    Requested,

    /// <summary>The provider will not call, however often it is asked.</summary>
    Refused,

    /// <summary>The provider did not answer, or said that it cannot at present. It may call all the same.</summary>
    Unreachable,

    /// <summary>The attempt was over before a provider took it.</summary>
    Over,
}

/// <summary>One attempt to reach a customer by phone.</summary>
/// <param name="AttemptId">The same for every dialling of this attempt, and another for the call-back's next attempt.</param>
/// <param name="CallbackId">The contact's id.</param>
/// <param name="Number">In E.164. Written as text, the record leaves it out.</param>
public sealed record DialRequest(string SiteId, string AttemptId, string CallbackId, PhoneNumber Number, string AgentId)
{
    public override string ToString() => $"{nameof(DialRequest)} {SiteId} {AttemptId}";
}
