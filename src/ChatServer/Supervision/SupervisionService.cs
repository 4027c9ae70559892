using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Supervision;

/// <summary>What supervisors can do beside what agents can. Thread-safe. To anybody else it is <c>forbidden</c>.</summary>
internal sealed class SupervisionService(IContactQueue queues, SupervisionFeed feed, ISiteCatalog sites, TimeProvider clock)
{
    /// <summary>What is to stay closed for longer is taken out of the configuration.</summary>
    private static readonly TimeSpan LongestClosure = TimeSpan.FromDays(90);

    private static readonly Refusal SupervisorsOnly = new(ErrorCodes.Forbidden, "Only supervisors do this.");

    /// <summary>Refusals: <c>invalid</c>, and those of <see cref="IContactQueue.CloseQueueAsync"/>.</summary>
    public async Task<Outcome<Acknowledged>> CloseQueueAsync(Caller caller, CloseQueueRequest request, CancellationToken cancellationToken = default)
    {
        var fields = new RequestFields();
        var queue = fields.Line(request.Queue, "queue");
        if (request.Until > clock.GetUtcNow() + LongestClosure)
        {
            fields.Refuse($"until must be at most {LongestClosure.TotalDays} days ahead.");
        }

        return Refuse(caller, fields) is { } refusal
            ? refusal
            : Acknowledge(await queues.CloseQueueAsync(
                new CloseQueueCommand(caller.SiteId, queue, Whole(request.Until), SupervisorOf(caller)), cancellationToken));
    }

    /// <summary>Refusals: <c>invalid</c>, and those of <see cref="IContactQueue.OpenQueueAsync"/>.</summary>
    public async Task<Outcome<Acknowledged>> OpenQueueAsync(Caller caller, OpenQueueRequest request, CancellationToken cancellationToken = default)
    {
        var fields = new RequestFields();
        var queue = fields.Line(request.Queue, "queue");
        return Refuse(caller, fields) is { } refusal
            ? refusal
            : Acknowledge(await queues.OpenQueueAsync(new OpenQueueCommand(caller.SiteId, queue, SupervisorOf(caller)), cancellationToken));
    }

    /// <summary>Refusals: <c>invalid</c>, and those of <see cref="IContactQueue.MoveContactAsync"/>.</summary>
    public async Task<Outcome<Acknowledged>> MoveContactAsync(Caller caller, MoveContactRequest request, CancellationToken cancellationToken = default)
    {
        var fields = new RequestFields();
        fields.OpaqueId(request.ContactId, "contactId");
        var queue = fields.Line(request.Queue, "queue");
        return Refuse(caller, fields) is { } refusal
            ? refusal
            : Acknowledge(await queues.MoveContactAsync(
                new MoveContactCommand(caller.SiteId, request.ContactId, queue, SupervisorOf(caller)), cancellationToken));
    }

    /// <summary>Refusals: <c>invalid</c>, and those of <see cref="IContactQueue.SetHeadStartAsync"/>.</summary>
    public async Task<Outcome<Acknowledged>> SetPriorityAsync(Caller caller, SetPriorityRequest request, CancellationToken cancellationToken = default)
    {
        var fields = new RequestFields();
        fields.OpaqueId(request.ContactId, "contactId");
        if (request.HeadStartSeconds is < 0 or > LinePlace.GreatestHeadStart)
        {
            fields.Refuse($"headStartSeconds must be 0 to {LinePlace.GreatestHeadStart}.");
        }

        return Refuse(caller, fields) is { } refusal
            ? refusal
            : Acknowledge(await queues.SetHeadStartAsync(
                new SetHeadStartCommand(caller.SiteId, request.ContactId, request.HeadStartSeconds, SupervisorOf(caller)), cancellationToken));
    }

    /// <summary>Shows the caller their own site, and from now on what changes of it to this connection. Refusals: <c>invalid</c>, <c>not_found</c> (queue).</summary>
    /// <param name="gone">Cancelled when the connection ends.</param>
    public async Task<Outcome<SiteOverview>> WatchSiteAsync(Caller caller, string connectionId, WatchSiteRequest request, CancellationToken gone)
    {
        var fields = new RequestFields();
        var queue = request.Queue is null ? null : fields.Line(request.Queue, "queue");
        if (Refuse(caller, fields) is { } refusal)
        {
            return refusal;
        }

        return !sites.TryGet(caller.SiteId, out var site) || (queue is not null && site.FindQueue(queue) is null)
            ? RoutingRefusals.NotFound
            : await feed.WatchAsync(site.Id, connectionId, queue, gone);
    }

    /// <summary>Ends that; refuses only who is no supervisor.</summary>
    public Outcome<Acknowledged> UnwatchSite(Caller caller, string connectionId)
    {
        if (Refuse(caller, new RequestFields()) is { } refusal)
        {
            return refusal;
        }

        feed.Unwatch(caller.SiteId, connectionId);
        return Acknowledged.Instance;
    }

    private static Refusal? Refuse(Caller caller, RequestFields fields) => caller.Role == Roles.Supervisor ? fields.Refusal : SupervisorsOnly;

    private static Supervisor SupervisorOf(Caller caller) => new(caller.Id, caller.Name ?? "");

    /// <summary>Stores keep milliseconds.</summary>
    private static DateTimeOffset? Whole(DateTimeOffset? moment) =>
        moment is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds()) : null;

    private static Outcome<Acknowledged> Acknowledge(Outcome<bool> outcome) => outcome.IsAccepted ? Acknowledged.Instance : outcome.Refusal;
}
