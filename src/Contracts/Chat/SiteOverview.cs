namespace CoPilot.Contracts.Chat;

/// <summary>From now on this connection hears <c>SiteOverviewChanged</c>, until <see cref="UnwatchSiteRequest"/> or its own end. Calling again takes the place of what was watched before.</summary>
/// <param name="Queue">Whose line is listed too; absent for none.</param>
public sealed record WatchSiteRequest(string? Queue = null);

/// <summary>Ends what <see cref="WatchSiteRequest"/> began.</summary>
public sealed record UnwatchSiteRequest;

/// <summary>A site's lines and agents at one moment.</summary>
/// <param name="At">By the server's clock. Of two overviews the later one holds, in whichever order they came.</param>
/// <param name="Lines">Of every configured queue.</param>
/// <param name="Agents">By name: who is connected and not offline, and whoever has a contact.</param>
/// <param name="Line">Of the queue that was asked for.</param>
/// <param name="IsOld">True when the server cannot read the site now: this is what it knew then. Absent otherwise.</param>
public sealed record SiteOverview(
    DateTimeOffset At, IReadOnlyList<LineOverview> Lines, IReadOnlyList<AgentOverview> Agents, LineContacts? Line = null, bool? IsOld = null);

/// <param name="Waiting">Contacts in line, chats and call-backs, those that are offered too.</param>
/// <param name="CallbacksWaiting">Of those, call-backs.</param>
/// <param name="Serving">Contacts that an agent has taken.</param>
/// <param name="AgentsAvailable">Who have the queue, are connected and available, and have room.</param>
/// <param name="CallbacksDue">Scheduled call-backs that are due within an hour.</param>
/// <param name="CallbacksScheduled">All of them.</param>
/// <param name="AnswerWithinSeconds">The time that <paramref name="AnsweredInTime"/> is about.</param>
/// <param name="AnsweredPerHour">Contacts that an agent took for the first time, and those that left the line untaken after that time; in the last hour mostly.</param>
/// <param name="EstimatesPerHour">Contacts that were taken after their customer had been told how long it would be; in the last hour mostly.</param>
/// <param name="IsOpen">By its hours, and not closed by a supervisor.</param>
/// <param name="OldestArrival">Of those in line.</param>
/// <param name="AnsweredInTime">The share of <paramref name="AnsweredPerHour"/> that waited no longer, 0 to 1; absent when there was none.</param>
/// <param name="EstimatesInside">The share of <paramref name="EstimatesPerHour"/> that waited as long as they were told, 0 to 1; absent when there was none.</param>
/// <param name="EstimatedWait">For a chat that would come now.</param>
/// <param name="OpensAt">Of one that is closed, where an opening is known.</param>
/// <param name="Closed">Present while a supervisor has closed it.</param>
public sealed record LineOverview(
    string Queue,
    int Waiting,
    int CallbacksWaiting,
    int Serving,
    int AgentsAvailable,
    int CallbacksDue,
    int CallbacksScheduled,
    int AnswerWithinSeconds,
    int AnsweredPerHour,
    int EstimatesPerHour,
    bool IsOpen,
    DateTimeOffset? OldestArrival = null,
    double? AnsweredInTime = null,
    double? EstimatesInside = null,
    WaitRange? EstimatedWait = null,
    DateTimeOffset? OpensAt = null,
    QueueClosedInfo? Closed = null);

/// <param name="Status">One of <see cref="AgentStatuses"/>: what they said, whether or not they are connected.</param>
/// <param name="Load">Offered and active contacts.</param>
/// <param name="Capacity">Contacts the agent takes at once.</param>
/// <param name="IsOnCall">They serve a call-back.</param>
/// <param name="IsConnected">Without, they are gone and keep their contacts for the queue's time.</param>
/// <param name="WrapUpUntil">Until when they are offered nothing because they finish up after a call.</param>
public sealed record AgentOverview(
    AgentInfo Agent,
    string Status,
    int Load,
    int Capacity,
    bool IsOnCall,
    bool IsConnected,
    IReadOnlyList<string> Queues,
    DateTimeOffset? WrapUpUntil = null);

/// <param name="Total">Contacts in line.</param>
/// <param name="Contacts">The first of them in order, at most <see cref="Limits.LineContacts"/>.</param>
public sealed record LineContacts(string Queue, int Total, IReadOnlyList<LineContact> Contacts);

/// <param name="Kind">One of <see cref="ContactKinds"/>.</param>
/// <param name="State"><c>waiting</c> or <c>offered</c>.</param>
/// <param name="Position">Contacts ahead in the queue's order + 1.</param>
/// <param name="Customer">Who it is; never a telephone number.</param>
/// <param name="HeadStartSeconds">By how much it stands before others who came with it.</param>
/// <param name="OfferedTo">Whose answer is awaited.</param>
public sealed record LineContact(
    string ContactId,
    string Kind,
    string State,
    int Position,
    string Topic,
    CustomerInfo Customer,
    DateTimeOffset ArrivedAt,
    int HeadStartSeconds,
    AgentInfo? OfferedTo = null,
    WaitRange? EstimatedWait = null);
