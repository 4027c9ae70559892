using CoPilot.ChatServer.Callbacks;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.ChatServer.Sites;

/// <summary>A tenant, as configured under <c>Sites:&lt;id&gt;</c> and already validated. Immutable.</summary>
public sealed record Site(
    string Id,
    string Name,
    IReadOnlyList<string> Origins,
    IReadOnlyList<Topic> Topics,
    IReadOnlyList<QueueSettings> Queues,
    SiteIdentity? Identity)
{
    /// <summary>Null when the site has not configured it: no page of it is shown.</summary>
    public SiteCoPilot? CoPilot { get; init; }

    /// <summary>Of a site that has not configured them: no number is called.</summary>
    public SiteCallbacks Callbacks { get; init; } = new(Webhook: null);

    /// <summary>After so many offers in a row that they did not answer an agent is <c>away</c>; 0 for never.</summary>
    public int MissedOffers { get; init; } = 2;

    /// <summary>Whether customers of the queue can be called at all.</summary>
    public bool TakesCallbacks(QueueSettings queue) => queue.Callbacks is not null && Callbacks.Phones.Prefixes.Count > 0;

    public QueueSettings? FindQueue(string name) => Queues.FirstOrDefault(queue => queue.Name == name);

    /// <summary>For what was queued before: a queue that is configured no longer serves what it has, by the default times, and takes no more.</summary>
    public QueueSettings SettingsOf(string queueName) => FindQueue(queueName) ?? QueueSettings.Removed(queueName);

    public Topic? FindTopic(string id) => Topics.FirstOrDefault(topic => topic.Id == id);
}

/// <summary>What a customer picks on the help page; it leads to one queue.</summary>
public sealed record Topic(string Id, string Queue);

/// <summary>A line of contacts and its rules.</summary>
/// <param name="AcceptTimeout">How long an offer stands.</param>
/// <param name="AgentGrace">How long an agent's contacts stay with them after their last connection is gone.</param>
/// <param name="MaximumLength">Contacts in line (waiting or offered) beyond which new ones are refused.</param>
public sealed record QueueSettings(
    string Name,
    TimeSpan AcceptTimeout,
    TimeSpan AgentGrace,
    int MaximumLength,
    OpeningHours Hours)
{
    /// <summary>How soon after its arrival a contact is to be taken, to count as answered in time.</summary>
    public TimeSpan AnswerWithin { get; init; } = DefaultAnswerWithin;

    /// <summary>One of <see cref="QueueStrategies"/>.</summary>
    public string Strategy { get; init; } = QueueStrategies.LeastLoaded;

    /// <summary>Null when chats do not end by themselves.</summary>
    public QueueInactivity? Inactivity { get; init; }

    /// <summary>Whom the queue gives a head start.</summary>
    public IReadOnlyList<PriorityRule> Priorities { get; init; } = [];

    /// <summary>What several rules give together is cut to it: nobody is overtaken by who came later than this after them.</summary>
    public TimeSpan MaximumHeadStart { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>In whole seconds.</summary>
    /// <param name="attributes">What the shop signed about the customer.</param>
    public int HeadStartOf(string topic, bool verified, IReadOnlyDictionary<string, string> attributes) => (int)Math.Min(
        Priorities.Where(rule => rule.Fits(topic, verified, attributes)).Sum(rule => rule.HeadStart.TotalSeconds), MaximumHeadStart.TotalSeconds);

    /// <summary>How long a contact waits for the agent who served its customer last, and nobody else; zero for not at all.</summary>
    public TimeSpan PreferredAgentFor { get; init; }

    /// <summary>Null when contacts stay in the queue.</summary>
    public QueueOverflow? Overflow { get; init; }

    /// <summary>Null when the queue takes no call-backs.</summary>
    public QueueCallbacks? Callbacks { get; init; }

    public static readonly TimeSpan DefaultAcceptTimeout = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan DefaultAgentGrace = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan DefaultAnswerWithin = TimeSpan.FromMinutes(1);

    public static QueueSettings Removed(string name) =>
        new(name, DefaultAcceptTimeout, DefaultAgentGrace, MaximumLength: 0, OpeningHours.Always);
}

/// <summary>When contacts of a queue go to another one.</summary>
/// <param name="After">How long they wait before; null for however long.</param>
/// <param name="WhenNobody">At once when they come while nobody who has the queue is signed in.</param>
public sealed record QueueOverflow(string Queue, TimeSpan? After, bool WhenNobody);

/// <summary>How customers of a queue are called back.</summary>
/// <param name="WrapUp">How long an agent matches nothing after a call; zero for not at all.</param>
/// <param name="RetryPauses">After the first failed call, the second and so on; after one more than there are pauses nobody calls again.</param>
public sealed record QueueCallbacks(TimeSpan WrapUp, IReadOnlyList<TimeSpan> RetryPauses)
{
    /// <summary>What counts for call-backs that came to a queue which takes none.</summary>
    public static readonly QueueCallbacks None = new(TimeSpan.Zero, []);

    /// <summary>From one time that customers can choose to the next.</summary>
    public TimeSpan SlotLength { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Call-backs scheduled for the same time.</summary>
    public int CallsPerSlot { get; init; } = 4;

    /// <summary>How far ahead customers can choose.</summary>
    public int DaysAhead { get; init; } = 14;

    /// <summary>By how much a call-back enters the line before its time.</summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether it is a time that customers can choose, whatever the hours and who else chose it.</summary>
    public bool IsTimeToChoose(DateTimeOffset time, DateTimeOffset now) =>
        time.ToUnixTimeMilliseconds() % (long)SlotLength.TotalMilliseconds == 0 && time > now + Lead && time <= now.AddDays(DaysAhead);
}

/// <summary>What a customer may show to an agent.</summary>
/// <param name="RulesFor">The scope, given the origins that a path alone counts for.</param>
/// <param name="Department">Null when the site's name is to be said.</param>
/// <param name="Pages">What agents are offered to propose.</param>
/// <param name="NavigateAtOnce">The customer is not asked whether to open what is proposed.</param>
public sealed record SiteCoPilot(
    Func<IEnumerable<string>, ScopeRules> RulesFor,
    IReadOnlyList<string> ShownSelectors,
    string? Department,
    IReadOnlyList<SitePage> Pages,
    bool NavigateAtOnce);

/// <summary>Whom the site calls, and how.</summary>
/// <param name="Webhook">The provider that dials; null when agents dial themselves.</param>
public sealed record SiteCallbacks(CallWebhook? Webhook)
{
    /// <summary>Which numbers are called; none unless configured.</summary>
    public PhonePolicy Phones { get; init; } = PhonePolicy.None;

    /// <summary>ISO 3166 alpha-2: where numbers without a country code are from. Null when customers write it.</summary>
    public string? DefaultRegion { get; init; }

    /// <summary>Whether an agent who is on a call is offered chats.</summary>
    public bool ChatsDuringCalls { get; init; }

    /// <summary>Open call-backs at once.</summary>
    public int MaximumPerCustomer { get; init; } = 3;
}

/// <summary>A telephony provider that is asked over HTTP.</summary>
/// <param name="Secret">Signs what is sent to it and what it sends, at least 32 bytes.</param>
/// <param name="Timeout">How long one request may take.</param>
public sealed record CallWebhook(Uri Url, byte[] Secret, TimeSpan Timeout);

/// <summary>How the shop's signed customer tokens are checked.</summary>
/// <param name="Key">The shared HS256 key, at least 32 bytes.</param>
/// <param name="Audience">What <c>aud</c> must be.</param>
public sealed record SiteIdentity(byte[] Key, string Audience);
