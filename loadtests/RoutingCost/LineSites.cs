using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;

namespace CoPilot.RoutingCost;

/// <summary>A site for each length of line, so that all of them are measured in turns, under the same noise.</summary>
internal sealed class LineSites(IReadOnlyList<int> lengths) : ISiteCatalog
{
    public const string Orders = "orders";
    public const string Returns = "returns";

    /// <summary>Short, because the measurement's time goes on by it in each round, and leases have to be renewed.</summary>
    public static readonly TimeSpan AcceptTimeout = TimeSpan.FromMilliseconds(200);

    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, Site> _sites = lengths.Select(Make).ToDictionary(site => site.Id);

    public IReadOnlyCollection<Site> All => _sites.Values;

    public static string IdOf(int length) => string.Create(CultureInfo.InvariantCulture, $"line-{length}");

    public bool TryGet(string siteId, [NotNullWhen(true)] out Site? site) => _sites.TryGetValue(siteId, out site);

    private static Site Make(int length) => new(
        IdOf(length), IdOf(length), [], [new(Orders, Orders), new(Returns, Returns)], [MakeQueue(Orders), MakeQueue(Returns)], Identity: null)
    {
        Callbacks = new SiteCallbacks(Webhook: null) { Phones = new PhonePolicy(["+31"], []) },
        MissedOffers = 0,
    };

    private static QueueSettings MakeQueue(string name) => new(name, AcceptTimeout, QueueSettings.DefaultAgentGrace, 100_000, OpeningHours.Always)
    {
        Callbacks = new QueueCallbacks(TimeSpan.Zero, []) { SlotLength = SlotLength },
    };
}

/// <summary>Nobody listens: what a hint sets off is not a step.</summary>
internal sealed class NoFeed : IRoutingFeed, IConversationFeed
{
    public void Changed(string siteId)
    {
    }

    public void Announce(ConversationAnnouncement announcement)
    {
    }
}
