using System.ComponentModel.DataAnnotations;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Sites;

/// <summary>The sites by their id: 1 to 100 of <c>a-z 0-9 -</c>.</summary>
[ConfigurationSection("Sites")]
public sealed class SitesOptions : Dictionary<string, SiteOptions>
{
    public SitesOptions()
        : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>A shop or brand: what its customers can ask about, who answers, and when.</summary>
public sealed class SiteOptions : IValidatableObject
{
    /// <summary>What people call the site.</summary>
    /// <value>1 to 100 characters. Required.</value>
    [Required]
    [StringLength(Contracts.Limits.NameLength)]
    public string Name { get; set; } = "";

    /// <summary>The origins of the shop's pages. Only these may show the chat.</summary>
    /// <value>Origins such as <c>https://www.shop.example</c>. The default is none; in Development the demo shop's are added to <c>demo</c>.</value>
    public IList<string> Origins { get; } = [];

    /// <summary>What a customer picks on the help page, by its id.</summary>
    /// <value>Ids are 1 to 100 of <c>a-z 0-9 -</c>. The default is none.</value>
    public IDictionary<string, TopicOptions> Topics { get; } = new Dictionary<string, TopicOptions>(StringComparer.Ordinal);

    /// <summary>The lines that customers wait in, by their name.</summary>
    /// <value>Names are 1 to 100 of <c>a-z 0-9 -</c>. The default is none.</value>
    public IDictionary<string, QueueOptions> Queues { get; } = new Dictionary<string, QueueOptions>(StringComparer.Ordinal);

    /// <summary>Offers in a row that an agent did not answer, after which they are <c>away</c>: somebody who is not there should not make customers wait for them.</summary>
    /// <value>0 to 100, 0 for never. The default is 2.</value>
    [Range(0, 100)]
    public int MissedOffers { get; set; } = 2;

    /// <summary>Opening hours that several queues share, by their name.</summary>
    /// <value>Names are 1 to 100 of <c>a-z 0-9 -</c>. The default is none.</value>
    public IDictionary<string, HoursOptions> Calendars { get; } = new Dictionary<string, HoursOptions>(StringComparer.Ordinal);

    /// <summary>How the shop vouches for its signed-in customers.</summary>
    /// <value>The default is none: customers stay anonymous.</value>
    public IdentityOptions? Identity { get; set; }

    /// <summary>Which pages a customer may show to an agent.</summary>
    /// <value>The default is none.</value>
    public CoPilotOptions? CoPilot { get; set; }

    /// <summary>Whom the site calls back, and how.</summary>
    /// <value>The default is none: it calls nobody.</value>
    public CallbackOptions? Callbacks { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in Origins.Where(origin => !Hosting.Origins.TryNormalize(origin, out _)))
        {
            yield return new ValidationResult($"'{origin}' is not an origin such as https://www.shop.example{Hosting.Origins.InternationalNames}.", [nameof(Origins)]);
        }

        foreach (var name in Topics.Keys.Concat(Queues.Keys).Concat(Calendars.Keys).Where(name => !SiteNames.IsValid(name)).Distinct())
        {
            yield return new ValidationResult($"'{name}' is not a name: it must be 1 to 100 of a-z 0-9 -");
        }

        foreach (var (topic, options) in Topics.Where(topic => !Queues.ContainsKey(topic.Value.Queue)))
        {
            yield return new ValidationResult($"The topic '{topic}' leads to the queue '{options.Queue}', which the site does not have.", [nameof(Topics)]);
        }

        foreach (var (queue, options) in Queues)
        {
            if (options.CalendarFault(Calendars) is { } fault)
            {
                yield return new ValidationResult(fault, [$"{nameof(Queues)}:{queue}:{nameof(QueueOptions.Calendar)}"]);
            }

            var topics = Topics.Where(topic => topic.Value.Queue == queue).Select(topic => topic.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var wrong in PriorityOptions.Faults(options.Priorities, topics))
            {
                yield return new ValidationResult(wrong, [$"{nameof(Queues)}:{queue}:{nameof(QueueOptions.Priorities)}"]);
            }

            if (options.Overflow?.Fault(queue, Queues.Keys) is { } lost)
            {
                yield return new ValidationResult(lost, [$"{nameof(Queues)}:{queue}:{nameof(QueueOptions.Overflow)}"]);
            }

            if (options.MaximumHeadStart.Ticks % TimeSpan.TicksPerSecond != 0)
            {
                yield return new ValidationResult("must be whole seconds.", [$"{nameof(Queues)}:{queue}:{nameof(QueueOptions.MaximumHeadStart)}"]);
            }
        }

        foreach (var queue in Queues.Where(queue => queue.Value.Callbacks is not null && Callbacks is null).Select(queue => queue.Key))
        {
            yield return new ValidationResult(
                $"nobody can be called: the site has no {nameof(Callbacks)}:{nameof(CallbackOptions.Prefixes)}.", [$"{nameof(Queues)}:{queue}:{nameof(QueueOptions.Callbacks)}"]);
        }

        foreach (var origin in CoPilot?.UnsafeOrigins(Origins) ?? [])
        {
            yield return new ValidationResult($"'{origin}' cannot be shown by Co-Pilot, whose scope has a path for all of the site's origins: pages must come over https.", [nameof(Origins)]);
        }

        foreach (var fault in CoPilot?.PageFaults(Origins) ?? [])
        {
            yield return new ValidationResult(fault, [$"{nameof(CoPilot)}:{nameof(CoPilotOptions.Pages)}"]);
        }
    }
}

/// <summary>A topic of the help page.</summary>
public sealed class TopicOptions
{
    /// <summary>The queue it leads to.</summary>
    /// <value>One of the site's queues. Required.</value>
    [Required]
    public string Queue { get; set; } = "";
}

/// <summary>A line of contacts and its rules.</summary>
public sealed class QueueOptions
{
    /// <summary>How long an offer stands before the next agent gets it.</summary>
    /// <value>1 second to 10 minutes. The default is 20 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan AcceptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long an agent whose last connection is gone keeps the contacts they serve.</summary>
    /// <value>1 second to 1 hour. The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan AgentGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon after its arrival an agent is to take a contact: supervisors are shown the share that was, and it is a metric. Nothing happens when it is later.</summary>
    /// <value>1 second to 1 hour. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan AnswerWithin { get; set; } = QueueSettings.DefaultAnswerWithin;

    /// <summary>Contacts in line beyond which new ones are refused.</summary>
    /// <value>1 to 100,000. The default is 500.</value>
    [Range(1, 100_000)]
    public int MaximumLength { get; set; } = 500;

    /// <summary>When the queue takes new contacts.</summary>
    /// <value>The default is around the clock.</value>
    public HoursOptions? Hours { get; set; }

    /// <summary>The calendar that says when the queue takes new contacts, in place of <c>Hours</c>.</summary>
    /// <value>One of the site's <c>Calendars</c>. The default is none.</value>
    public string? Calendar { get; set; }

    /// <summary>Which of the agents who match a contact is offered it. Among equals it is the longest idle.</summary>
    /// <value><c>least_loaded</c>: the one with the fewest contacts. <c>best_level</c>: the one with the highest level in the queue, then the least loaded. <c>longest_idle</c>: the one who had nothing to do with a contact for the longest time. The default is <c>least_loaded</c>.</value>
    [AllowedValues(QueueStrategies.LeastLoaded, QueueStrategies.BestLevel, QueueStrategies.LongestIdle, ErrorMessage = "must be least_loaded, best_level or longest_idle.")]
    public string Strategy { get; set; } = QueueStrategies.LeastLoaded;

    /// <summary>When a chat ends whose customer does not answer.</summary>
    /// <value>The default is none: such a chat stays until somebody ends it.</value>
    public InactivityOptions? Inactivity { get; set; }

    /// <summary>Whom the queue gives a head start: they stand in line as if they had come so much earlier.</summary>
    /// <value>At most 50 rules. The default is none: who came first stands first.</value>
    public IList<PriorityOptions> Priorities { get; } = [];

    /// <summary>The most that a head start can be: nobody is overtaken by who came later than this after them.</summary>
    /// <value>0 to 30 minutes, whole seconds. The default is 5 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:30:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaximumHeadStart { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a contact waits, in its place, for the agent who served its customer last within 30 days, and for nobody else, as long as they are connected and available.</summary>
    /// <value>0 to 1 hour. The default is 0: for nobody.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PreferredAgentFor { get; set; }

    /// <summary>When contacts go to another queue, which each does once and with its place: only while the other is open, takes what they are, has room, and somebody who has it is signed in.</summary>
    /// <value>The default is none: they stay.</value>
    public OverflowOptions? Overflow { get; set; }

    /// <summary>How the queue's customers are called back.</summary>
    /// <value>The default is none: the queue takes no call-backs.</value>
    public QueueCallbackOptions? Callbacks { get; set; }

    internal string? CalendarFault(IDictionary<string, HoursOptions> calendars) => (Calendar, Hours) switch
    {
        (null, _) => null,
        (_, not null) => "a queue has a calendar or hours of its own, not both.",
        _ => calendars.ContainsKey(Calendar) ? null : $"the site has no calendar '{Calendar}'.",
    };
}

/// <summary>How the shop's signed tokens are checked.</summary>
public sealed class IdentityOptions : IValidatableObject
{
    /// <summary>The HS256 key that the shop signs its customers' identity tokens with.</summary>
    /// <value>Base64 of at least 32 bytes, as <c>openssl rand -base64 32</c> makes. Required.</value>
    [Required]
    public string Key { get; set; } = "";

    /// <summary>What a token's <c>aud</c> must be.</summary>
    /// <value>The default is the site's id.</value>
    public string? Audience { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Key.Length > 0 && Secrets.Parse(Key) is null)
        {
            yield return new ValidationResult(Secrets.Rule, [nameof(Key)]);
        }
    }
}
