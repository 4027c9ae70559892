using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts.CoBrowse;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Sites;

/// <summary>The configured sites.</summary>
public sealed class SiteCatalog : ISiteCatalog
{
    private readonly FrozenDictionary<string, Site> _sites;

    public SiteCatalog(IOptions<SitesOptions> options)
        : this(options.Value.Select(site => ToSite(site.Key, site.Value)))
    {
    }

    public SiteCatalog(IEnumerable<Site> sites) => _sites = sites.ToFrozenDictionary(site => site.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<Site> All => _sites.Values;

    public bool TryGet(string siteId, [NotNullWhen(true)] out Site? site) => _sites.TryGetValue(siteId, out site);

    // Configuration knows no order of names, so topics and queues are in alphabetical order everywhere.
    private static Site ToSite(string id, SiteOptions options)
    {
        var calendars = options.Calendars.ToDictionary(calendar => calendar.Key, calendar => calendar.Value.ToOpeningHours(), StringComparer.Ordinal);
        return new Site(
            id,
            options.Name,
            [.. options.Origins.Select(Origins.Normalize)],
            [.. options.Topics.OrderBy(topic => topic.Key, StringComparer.Ordinal).Select(topic => new Topic(topic.Key, topic.Value.Queue))],
            [.. options.Queues.OrderBy(queue => queue.Key, StringComparer.Ordinal).Select(queue => ToQueue(queue.Key, queue.Value, calendars))],
            options.Identity is { } identity ? new SiteIdentity(Secrets.Parse(identity.Key)!, identity.Audience ?? id) : null)
        {
            MissedOffers = options.MissedOffers,
            CoPilot = options.CoPilot is { } coPilot ? ToCoPilot(coPilot) : null,
            Callbacks = options.Callbacks is { } callbacks ? ToCallbacks(callbacks) : new SiteCallbacks(Webhook: null),
        };
    }

    private static SiteCoPilot ToCoPilot(CoPilotOptions options) => new(
        options.ToRules,
        [.. options.ShownSelectors],
        options.Department,
        [.. options.Pages.Select(page => new SitePage(page.Title, page.Url))],
        options.NavigateAtOnce);

    private static SiteCallbacks ToCallbacks(CallbackOptions options) => new(
        options is { Dialer: CallDialers.Webhook, Webhook: { } webhook } ? new CallWebhook(new Uri(webhook.Url), Secrets.Parse(webhook.Secret)!, webhook.Timeout) : null)
    {
        Phones = new PhonePolicy(options.Prefixes, options.BlockedPrefixes),
        DefaultRegion = options.DefaultRegion,
        ChatsDuringCalls = options.ChatsDuringCalls,
        MaximumPerCustomer = options.MaximumPerCustomer,
    };

    private static QueueSettings ToQueue(string name, QueueOptions options, Dictionary<string, OpeningHours> calendars) => new(
        name,
        options.AcceptTimeout,
        options.AgentGrace,
        options.MaximumLength,
        options.Calendar is { } calendar ? calendars[calendar] : options.Hours?.ToOpeningHours() ?? OpeningHours.Always)
    {
        AnswerWithin = options.AnswerWithin,
        Strategy = options.Strategy,
        Priorities = [.. options.Priorities.OfType<PriorityOptions>().Select(rule => rule.ToRule())],
        MaximumHeadStart = options.MaximumHeadStart,
        PreferredAgentFor = options.PreferredAgentFor,
        Overflow = options.Overflow is { } overflow ? new QueueOverflow(overflow.Queue, overflow.After, overflow.WhenNobody) : null,
        Callbacks = options.Callbacks?.ToQueueCallbacks(),
        Inactivity = options.Inactivity?.ToQueueInactivity(),
    };
}
