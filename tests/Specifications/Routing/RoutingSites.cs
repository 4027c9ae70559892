using System.Diagnostics.CodeAnalysis;
using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Sites;

namespace CoPilot.Specifications.Routing;

/// <summary>The sites that routing is tried on. The manual clock starts on a Monday at 10:00 UTC, when <c>night</c> is closed.</summary>
public sealed class RoutingSites : ISiteCatalog
{
    public const string Shop = "shop";
    public const string OtherShop = "other-shop";

    /// <summary>It has a provider that dials.</summary>
    public const string CallCentre = "call-centre";

    public const string Orders = "orders";
    public const string Payments = "payments";
    public const string Night = "night";

    /// <summary>Of every six minutes from the full hour on it is open for the first four.</summary>
    public const string Shifts = "shifts";

    /// <summary>A queue of at most two contacts. It takes no call-backs; when nobody is there they go to <see cref="Payments"/>.</summary>
    public const string Small = "small";

    /// <summary>A topic of <see cref="Orders"/> with a head start of a minute; verified customers have half a minute there, and those whose <c>tier</c> is <c>gold</c> a minute.</summary>
    public const string Express = "express";

    /// <summary>Of <see cref="Payments"/>.</summary>
    public static readonly TimeSpan PreferredAgentFor = TimeSpan.FromSeconds(25);

    /// <summary>From <see cref="Small"/> to <see cref="Payments"/> and from <see cref="Shifts"/> to <see cref="Orders"/>.</summary>
    public static readonly TimeSpan OverflowAfter = TimeSpan.FromSeconds(45);

    /// <summary>Of <see cref="Orders"/>.</summary>
    public static readonly TimeSpan MaximumHeadStart = TimeSpan.FromSeconds(90);

    /// <summary>Of <see cref="Payments"/>; the others have a minute.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    public static readonly TimeSpan AcceptTimeout = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Of <see cref="Payments"/>; the others have <see cref="Grace"/>.</summary>
    public static readonly TimeSpan LongGrace = TimeSpan.FromSeconds(45);

    public static readonly TimeSpan WrapUp = TimeSpan.FromSeconds(30);

    /// <summary>Of <see cref="Payments"/>; in the others chats do not end by themselves.</summary>
    public static readonly QueueInactivity Inactivity = new(EndAfter: TimeSpan.FromMinutes(3), WarnBefore: TimeSpan.FromMinutes(1));

    /// <summary>Open call-backs of one customer.</summary>
    public const int Callbacks = 2;

    public static readonly IReadOnlyList<TimeSpan> RetryPauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3)];

    /// <summary>Of <see cref="Orders"/>: times to choose are five minutes apart and have two call-backs each.</summary>
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(30);

    private static readonly PriorityRule[] Priorities =
    [
        new(TimeSpan.FromMinutes(1)) { Topic = Express },
        new(TimeSpan.FromSeconds(30)) { Verified = true },
        new(TimeSpan.FromMinutes(1)) { Attribute = "tier", Value = "gold" },
    ];

    private static readonly PhonePolicy Phones = new(["+31"], []);

    private static readonly OpeningHours InShifts = new(
        [.. from day in Enum.GetValues<DayOfWeek>()
            from shift in Enumerable.Range(0, 240)
            select new OpeningInterval(day, TimeSpan.FromMinutes(6 * shift), TimeSpan.FromMinutes((6 * shift) + 4))],
        TimeZoneInfo.Utc);

    private static readonly OpeningHours Nightly = new(
        [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningInterval(day, TimeSpan.FromHours(22), TimeSpan.FromHours(24)))],
        TimeZoneInfo.Utc);

    private static readonly CallWebhook Provider = new(new Uri("https://voice.example/calls"), new byte[32], TimeSpan.FromSeconds(5));

    private readonly Site[] _sites =
    [
        Make(Shop),
        Make(OtherShop) with { MissedOffers = 0, Callbacks = new SiteCallbacks(Webhook: null) { ChatsDuringCalls = true, Phones = Phones } },
        Make(CallCentre) with { Callbacks = new SiteCallbacks(Provider) { Phones = Phones } },
    ];

    public IReadOnlyCollection<Site> All => _sites;

    public bool TryGet(string siteId, [NotNullWhen(true)] out Site? site)
    {
        site = _sites.FirstOrDefault(candidate => candidate.Id == siteId);
        return site is not null;
    }

    private static QueueCallbacks CallRules(TimeSpan wrapUp) =>
        new(wrapUp, RetryPauses) { SlotLength = SlotLength, CallsPerSlot = 2, DaysAhead = 2, Lead = Lead };

    private static Site Make(string id) => new(
        id,
        Name: id,
        Origins: [],
        Topics: [new(Orders, Orders), new(Express, Orders), new("invoices", Payments), new(Payments, Payments), new(Night, Night), new(Small, Small), new(Shifts, Shifts)],
        Queues:
        [
            new QueueSettings(Orders, AcceptTimeout, Grace, MaximumLength: 10_000, OpeningHours.Always)
            {
                Priorities = Priorities,
                MaximumHeadStart = MaximumHeadStart,
                Callbacks = CallRules(WrapUp),
            },
            new QueueSettings(Payments, AcceptTimeout, LongGrace, MaximumLength: 10_000, OpeningHours.Always)
            {
                AnswerWithin = AnswerWithin,
                Strategy = QueueStrategies.LongestIdle,
                PreferredAgentFor = PreferredAgentFor,
                Callbacks = QueueCallbacks.None,
                Inactivity = Inactivity,
            },
            new QueueSettings(Night, AcceptTimeout, Grace, MaximumLength: 10_000, Nightly) { Callbacks = CallRules(WrapUp) },
            new QueueSettings(Small, AcceptTimeout, Grace, MaximumLength: 2, OpeningHours.Always)
            {
                Overflow = new QueueOverflow(Payments, OverflowAfter, WhenNobody: true),
            },
            new QueueSettings(Shifts, AcceptTimeout, Grace, MaximumLength: 3, InShifts)
            {
                Strategy = QueueStrategies.BestLevel,
                PreferredAgentFor = TimeSpan.FromSeconds(5),
                Overflow = new QueueOverflow(Orders, OverflowAfter, WhenNobody: false),
                Callbacks = CallRules(TimeSpan.FromSeconds(5)),
            },
        ],
        Identity: null)
    {
        Callbacks = new SiteCallbacks(Webhook: null) { MaximumPerCustomer = Callbacks, Phones = Phones },
    };
}
