using System.Net;
using CoPilot.ChatServer.Identity;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Whether a customer may ask for one more call-back now.</summary>
internal sealed class CallbackAllowance(ICallbackThrottle throttle, CallbackHashes hashes, ILogger<CallbackAllowance> logger)
{
    /// <summary>Null when they may, and then it counts; else <c>rate_limited</c>. Asked once for each request that reaches the line, after everything that can be said no to without it.</summary>
    /// <param name="address">The connection's remote address, behind a proxy the one that it forwards.</param>
    public async Task<Refusal?> TakeAsync(Caller caller, PhoneNumber number, IPAddress? address, CancellationToken cancellationToken = default)
    {
        var requester = new CallbackRequester(
            caller.SiteId, caller.Id, hashes.OfNumber(caller.SiteId, number), hashes.OfAddress(caller.SiteId, address));
        if (await throttle.TakeAsync(requester, cancellationToken) is not { } wait)
        {
            return null;
        }

        CallbackLog.Throttled(logger, caller.SiteId, (int)Math.Ceiling(wait.TotalSeconds));
        return CallbackRefusals.TooManyRequests(wait);
    }
}
