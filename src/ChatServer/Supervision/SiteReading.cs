using System.Collections.Concurrent;
using System.Text.Json;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;

namespace CoPilot.ChatServer.Supervision;

/// <summary>A site at one moment, for however many who watch it. Thread-safe.</summary>
internal sealed class SiteReading(Site site, SiteFacts facts)
{
    /// <summary>By queue; <c>""</c> for those who want no line.</summary>
    private readonly ConcurrentDictionary<string, Shown> _shown = new(StringComparer.Ordinal);
    private readonly SiteWaits _waits = new(site, facts.ToWaits());

    /// <summary>Queues whose line it has.</summary>
    public IEnumerable<string> Lines => facts.Listed.Select(line => line.Queue);

    public bool Has(string? queue) => queue is null || Lines.Contains(queue, StringComparer.Ordinal);

    /// <param name="queue">One that it has; null for none.</param>
    public Shown For(string? queue) => _shown.GetOrAdd(queue ?? "", _ => Show(queue));

    private Shown Show(string? queue)
    {
        var overview = queue is null ? SiteOverviews.Of(site, facts, _waits) : For(null).Overview with { Line = SiteOverviews.LineOf(queue, facts, _waits) };
        return new Shown(overview, JsonSerializer.Serialize(overview with { At = default }, WireJson.Default.SiteOverview));
    }

    /// <param name="Text">The same for overviews that differ in nothing but their moment.</param>
    public sealed record Shown(SiteOverview Overview, string Text);
}
