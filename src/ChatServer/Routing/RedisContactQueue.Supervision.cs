using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What supervisors do.</summary>
internal sealed partial class RedisContactQueue
{
    public async Task<Outcome<bool>> CloseQueueAsync(CloseQueueCommand command, CancellationToken cancellationToken = default) =>
        _sites.Find(command.SiteId)?.Site.FindQueue(command.Queue) is { } queue
            ? await ActAsync(
                RedisRoutingScripts.CloseQueue,
                command.SiteId,
                [command.Queue, MillisecondsOf(command.Until), QueueClosure.Of(queue, command.Until).Write(), command.By.AgentId, command.By.Name],
                cancellationToken)
            : RoutingRefusals.NotFound;

    public async Task<Outcome<bool>> OpenQueueAsync(OpenQueueCommand command, CancellationToken cancellationToken = default) =>
        _sites.Find(command.SiteId)?.Site.FindQueue(command.Queue) is not null
            ? await ActAsync(RedisRoutingScripts.OpenQueue, command.SiteId, [command.Queue, command.By.AgentId, command.By.Name], cancellationToken)
            : RoutingRefusals.NotFound;

    public async Task<Outcome<bool>> MoveContactAsync(MoveContactCommand command, CancellationToken cancellationToken = default) =>
        _sites.Find(command.SiteId)?.Site.FindQueue(command.ToQueue) is not null
            ? await ActAsync(
                RedisRoutingScripts.MoveContact,
                command.SiteId,
                [command.ContactId, command.ToQueue, command.By.AgentId, command.By.Name],
                cancellationToken)
            : RoutingRefusals.NotFound;

    public async Task<Outcome<bool>> SetHeadStartAsync(SetHeadStartCommand command, CancellationToken cancellationToken = default)
    {
        LinePlace.CheckHeadStart(command.HeadStart);
        return _sites.Find(command.SiteId) is not null
            ? await ActAsync(
                RedisRoutingScripts.SetHeadStart,
                command.SiteId,
                [command.ContactId, command.HeadStart, command.By.AgentId, command.By.Name],
                cancellationToken)
            : RoutingRefusals.NotFound;
    }

    private async Task<Outcome<bool>> ActAsync(RedisScript script, string siteId, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var reply = await StepAsync(script, _sites.Find(siteId)!, arguments, cancellationToken);
        return reply.IsAccepted ? (long)reply[0] == 1 : reply.ToRefusal(stale: null);
    }
}
