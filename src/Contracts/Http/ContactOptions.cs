using CoPilot.Contracts.Chat;

namespace CoPilot.Contracts.Http;

/// <summary>What a customer can do about a topic now.</summary>
public sealed record ContactOptionsResult(string Queue, IReadOnlyList<ChannelOption> Channels);

/// <param name="Channel">One of <see cref="Contracts.Channels"/>.</param>
/// <param name="Available">Asking for it now would be accepted; a call-back can be asked for later though it is not.</param>
/// <param name="OpensAt">When it next opens; present when closed by the hours, or by a supervisor who said until when.</param>
/// <param name="Waiting">Contacts in line, of every channel: it is one.</param>
/// <param name="ClosedForNow">True when a supervisor has closed it, whatever the hours; otherwise absent.</param>
public sealed record ChannelOption(
    string Channel,
    bool Available,
    int Waiting,
    DateTimeOffset? OpensAt = null,
    WaitRange? EstimatedWait = null,
    bool? ClosedForNow = null);

/// <summary>RFC 9457 problem details with our stable code.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
public sealed record Problem(string Code, string Title, int Status, string? Detail = null);
