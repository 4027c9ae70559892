using System.Diagnostics.CodeAnalysis;
using CoPilot.ChatServer.Sites;

namespace CoPilot.Specifications.Routing;

/// <summary>The sites that routing is tried on. The manual clock starts on a Monday at 10:00 UTC, when <c>night</c> is closed.</summary>
public sealed class RoutingSites : ISiteCatalog
{
    public const string Shop = "shop";
    public const string OtherShop = "other-shop";
    public const string Orders = "orders";
    public const string Payments = "payments";
    public const string Night = "night";

    /// <summary>A queue of at most two contacts.</summary>
    public const string Small = "small";

    public static readonly TimeSpan AcceptTimeout = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Of <see cref="Payments"/>; the others have <see cref="Grace"/>.</summary>
    public static readonly TimeSpan LongGrace = TimeSpan.FromSeconds(45);

    private static readonly OpeningHours Nightly = new(
        [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningInterval(day, TimeSpan.FromHours(22), TimeSpan.FromHours(24)))],
        TimeZoneInfo.Utc);

    private readonly Site[] _sites = [Make(Shop), Make(OtherShop)];

    public IReadOnlyCollection<Site> All => _sites;

    public bool TryGet(string siteId, [NotNullWhen(true)] out Site? site)
    {
        site = _sites.FirstOrDefault(candidate => candidate.Id == siteId);
        return site is not null;
    }

    private static Site Make(string id) => new(
        id,
        Name: id,
        Origins: [],
        Topics: [new(Orders, Orders), new("invoices", Payments), new(Payments, Payments), new(Night, Night), new(Small, Small)],
        Queues:
        [
            new QueueSettings(Orders, AcceptTimeout, Grace, MaximumLength: 10_000, OpeningHours.Always),
            new QueueSettings(Payments, AcceptTimeout, LongGrace, MaximumLength: 10_000, OpeningHours.Always),
            new QueueSettings(Night, AcceptTimeout, Grace, MaximumLength: 10_000, Nightly),
            new QueueSettings(Small, AcceptTimeout, Grace, MaximumLength: 2, OpeningHours.Always),
        ],
        Identity: null);
}
