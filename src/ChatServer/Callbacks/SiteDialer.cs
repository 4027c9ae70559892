using System.Collections.Frozen;
using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Each site's own dialer.</summary>
internal sealed class SiteDialer : IDialer, IDisposable
{
    private static readonly LinkDialer Link = new();

    private readonly HttpClient _http = ProviderConnections.Open();
    private readonly FrozenDictionary<string, WebhookDialer> _webhooks;

    public SiteDialer(ISiteCatalog sites, TimeProvider clock, CallMetrics metrics, ILogger<WebhookDialer> logger) =>
        _webhooks = sites.All
            .Where(site => site.Callbacks?.Webhook is not null)
            .ToFrozenDictionary(
                site => site.Id, site => new WebhookDialer(site.Callbacks!.Webhook!, _http, clock, metrics, logger), StringComparer.Ordinal);

    public Task<DialResult> DialAsync(
        DialRequest request, Func<CancellationToken, Task<bool>> stands, CancellationToken cancellationToken = default)
    {
        IDialer dialer = _webhooks.TryGetValue(request.SiteId, out var webhook) ? webhook : Link;
        return dialer.DialAsync(request, stands, cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
