using System.Net;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Realtime;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Whether a customer may ask for one more call-back now.</summary>
internal sealed class CallbackAllowance(ICallbackThrottle throttle, CallbackHashes hashes, ILogger<CallbackAllowance> logger)
{
    /// <summary>Null when they may, and then it counts; else <c>rate_limited</c>. Asked once for each request that reaches the line, after everything that can be said no to without it.</summary>
    /// <param name="address">The connection's remote address, behind a proxy the one that it forwards.</param>
    public async Task<Refusal?> TakeAsync(Caller caller, PhoneNumber number, IPAddress? address, CancellationToken cancellationToken = default)
    {
        if (await throttle.TakeAsync(RequesterOf(caller, number, address), cancellationToken) is not { } wait)
        {
            return null;
        }

        CallbackLog.Throttled(logger, caller.SiteId, (int)Math.Ceiling(wait.TotalSeconds));
        return CallbackRefusals.TooManyRequests(wait);
    }

    /// <summary>
    /// The line refused what was taken. A number's owner loses nothing by that. Neither does who asked, unless it was a conflict: else anybody could try for nothing
    /// which numbers are to be called.
    /// </summary>
    public async Task GiveBackAsync(Caller caller, PhoneNumber number, IPAddress? address, Refusal refusal)
    {
        try
        {
            // Whoever asked may have gone meanwhile; the number is somebody's all the same.
            await throttle.GiveBackAsync(
                RequesterOf(caller, number, address), toNumberAlone: refusal.Code == ErrorCodes.Conflict, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // It counts a while longer, which harms less than an answer that does not come.
        }
    }

    private CallbackRequester RequesterOf(Caller caller, PhoneNumber number, IPAddress? address) =>
        new(caller.SiteId, caller.Id, hashes.OfNumber(caller.SiteId, number), hashes.OfAddress(caller.SiteId, address));
}
