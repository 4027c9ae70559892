using CoPilot.ChatServer.Callbacks;

namespace CoPilot.ChatServer.Routing;

/// <summary>Calls that a provider makes.</summary>
internal sealed partial class RedisContactQueue
{
    public async Task<CallHold> HoldCallAsync(
        string siteId, string contactId, long fence, TimeSpan time, CancellationToken cancellationToken = default) =>
        _sites.Find(siteId) is { } site
            ? RedisCallReplies.ToHold(await StepAsync(
                RedisRoutingScripts.HoldCall, site, [contactId, fence, (long)time.TotalMilliseconds], cancellationToken))
            : CallHold.Over;

    public async Task<CallStatusResult> NoteCallAsync(CallNews news, CancellationToken cancellationToken = default)
    {
        // A script answers nothing sensible about a state that is none.
        _ = CallProgress.RankOf(news.Status);
        return _sites.Find(news.SiteId) is { } site
            ? RedisCallReplies.ToResult(await StepAsync(
                RedisRoutingScripts.NoteCall, site, [news.ContactId, news.Fence, news.Status, news.Detail ?? ""], cancellationToken))
            : CallStatusResult.Unknown;
    }
}
