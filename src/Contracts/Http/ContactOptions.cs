using CoPilot.Contracts.Chat;

namespace CoPilot.Contracts.Http;

/// <summary>What a customer can do about a topic now.</summary>
public sealed record ContactOptionsResult(string Queue, IReadOnlyList<ChannelOption> Channels);

/// <param name="Channel">One of <see cref="Contracts.Channels"/>.</param>
/// <param name="Available">Asking for it now would be accepted; a call-back can be asked for later though it is not.</param>
/// <param name="OpensAt">When it next opens; present when closed by the hours, or by a supervisor who said until when.</param>
/// <param name="Waiting">Contacts in line, of every channel: it is one.</param>
/// <param name="ClosedForNow">True when a supervisor has closed it, whatever the hours; otherwise absent.</param>
/// <param name="Callback">Of the channel <c>callback</c>.</param>
public sealed record ChannelOption(
    string Channel,
    bool Available,
    int Waiting,
    DateTimeOffset? OpensAt = null,
    WaitRange? EstimatedWait = null,
    bool? ClosedForNow = null,
    CallbackRules? Callback = null);

/// <summary>What a page needs to ask for a number and a time. Of all prefixes that a number begins with the longest decides.</summary>
/// <param name="Prefixes">What numbers begin with that are called: <c>+</c> and digits.</param>
/// <param name="BlockedPrefixes">What numbers begin with that are not called all the same.</param>
/// <param name="Region">ISO 3166 alpha-2: where a number without a country code is from; absent when customers write it.</param>
/// <param name="Zone">The zone of the queue's opening hours, by its IANA name; absent for a queue without hours.</param>
public sealed record CallbackRules(
    IReadOnlyList<string> Prefixes,
    IReadOnlyList<string> BlockedPrefixes,
    string? Region = null,
    string? Zone = null);

/// <summary>RFC 9457 problem details with our stable code.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
public sealed record Problem(string Code, string Title, int Status, string? Detail = null);
