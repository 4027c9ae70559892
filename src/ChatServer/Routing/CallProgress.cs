using System.Globalization;
using CoPilot.ChatServer.Callbacks;
using CoPilot.Contracts;

namespace CoPilot.ChatServer.Routing;

/// <summary>How the call stands that a provider makes for the agent who serves a call-back.</summary>
/// <param name="Status">One of <see cref="CallStates"/>.</param>
/// <param name="Detail">Of one that ended one of <see cref="CallEndings"/>; of one left to the agent why.</param>
public sealed record CallProgress(string Status, string? Detail = null)
{
    /// <summary>A call goes on through these and never back.</summary>
    internal static int RankOf(string status) => status switch
    {
        CallStates.Dialling => 0,
        CallStates.LeftToAgent => 1,
        CallStates.Ringing => 2,
        CallStates.Answered => 3,
        CallStates.Ended => 4,
        _ => throw new ArgumentException("No such state of a call.", nameof(status)),
    };

    /// <summary>As both engines keep it: with the fence under which the agent took the contact, so that it counts no more once that is over.</summary>
    internal static string Write(long fence, string status, string? detail) =>
        string.Create(CultureInfo.InvariantCulture, $"{fence} {status} {detail}").TrimEnd();

    /// <summary>Null when it is of another taking, or nothing.</summary>
    internal static CallProgress? Read(string? text, long fence, string state)
    {
        var parts = text?.Split(' ') ?? [];
        return state == ContactStates.Active && parts.Length > 1 && long.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture) == fence
            ? new CallProgress(parts[1], parts.ElementAtOrDefault(2))
            : null;
    }
}

/// <summary>What became of a call that a provider makes, or is asked to make.</summary>
/// <param name="Fence">The contact's, since its agent took it: what tells one call of a call-back from the next.</param>
/// <param name="Status">One of <see cref="CallStates"/>; <c>dialling</c> when the provider has taken it on.</param>
/// <param name="Detail">As <see cref="CallProgress.Detail"/>.</param>
public sealed record CallNews(string SiteId, string ContactId, long Fence, string Status, string? Detail = null);

/// <summary>Whether a provider is to be asked for a call.</summary>
public enum CallHold
{
    /// <summary>It is to be made, and nobody else is told to.</summary>
    Stands,

    /// <summary>There is nothing to ask for any more: the agent no longer serves it, or the provider has told how it goes.</summary>
    Over,

    /// <summary>The queue has closed meanwhile, and nobody is called.</summary>
    OutsideHours,
}

/// <summary>Makes the calls that have to be made.</summary>
public interface ICallMaker
{
    /// <summary>Returns at once; called from a loop that nothing may hold up. A call that is in hand already is not begun again.</summary>
    /// <param name="taken">A call-back that an agent has taken.</param>
    void Begin(Contact taken);
}
