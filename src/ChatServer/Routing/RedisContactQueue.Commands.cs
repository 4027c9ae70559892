using System.Text.Json;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Calls about chats, agents, offers and timers.</summary>
internal sealed partial class RedisContactQueue
{
    public async Task<Outcome<Contact>> EnqueueAsync(NewContact contact, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(contact.SiteId) is not { } site)
        {
            return RoutingRefusals.NotFound;
        }

        var queue = site.Site.FindTopic(contact.Topic) is { } topic ? site.Site.SettingsOf(topic.Queue) : null;
        var reply = await StepAsync(
            RedisRoutingScripts.Enqueue,
            site,
            [
                contact.Customer.CustomerId, contact.RequestId, NewId(), NewId(), queue?.Name ?? "", queue?.MaximumLength ?? 0,
                JsonSerializer.SerializeToUtf8Bytes(contact.Customer, RoutingJson.Default.CustomerInfo), contact.Topic,
                queue?.HeadStartOf(contact.Topic, contact.Customer.Verified, contact.Attributes) ?? 0,
                .. contact.Text is { } text ? new RedisValue[] { text } : [],
            ],
            cancellationToken);
        return reply.ToContact(site);
    }

    public async Task<Agent> ConnectAgentAsync(AgentProfile profile, string connectionId, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(profile.SiteId) is not { } site)
        {
            throw new ArgumentException("An agent's site is configured, or the agent could not have signed in.", nameof(profile));
        }

        var queues = profile.Queues.Distinct(StringComparer.Ordinal).ToArray();
        var reply = await StepAsync(
            RedisRoutingScripts.Connect,
            site,
            [
                profile.AgentId, profile.Name, profile.Capacity, JsonSerializer.SerializeToUtf8Bytes(queues, RoutingJson.Default.StringArray), connectionId,
                JsonSerializer.SerializeToUtf8Bytes(Array.ConvertAll(queues, profile.LevelOf), RoutingJson.Default.Int32Array),
            ],
            cancellationToken);
        return RedisRoutingReplies.ReadAgent(reply[0], site);
    }

    public Task RenewPresenceAsync(string siteId, IReadOnlyList<AgentConnection> connections, CancellationToken cancellationToken = default) =>
        ForConnectionsAsync(RedisRoutingScripts.Renew, siteId, connections, cancellationToken);

    public Task DisconnectAgentAsync(AgentConnection connection, string siteId, CancellationToken cancellationToken = default) =>
        ReleaseAsync(siteId, [connection], cancellationToken);

    public async Task<Outcome<Agent>> SetStatusAsync(string siteId, string agentId, string status, CancellationToken cancellationToken = default)
    {
        if (status is not (AgentStatuses.Available or AgentStatuses.Away or AgentStatuses.Offline))
        {
            throw new ArgumentException("No such status.", nameof(status));
        }

        return _sites.Find(siteId) is { } site
            ? (await StepAsync(RedisRoutingScripts.Status, site, [agentId, status], cancellationToken)).ToAgent(site)
            : RoutingRefusals.NotFound;
    }

    public Task<Outcome<Contact>> AcceptOfferAsync(
        string siteId, string agentId, string offerId, CancellationToken cancellationToken = default) =>
        DecideAsync(RedisRoutingScripts.Accept, siteId, RoutingRefusals.OfferGone, [agentId, offerId], cancellationToken);

    public async Task<Outcome<bool>> DeclineOfferAsync(
        string siteId, string agentId, string offerId, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return RoutingRefusals.NotFound;
        }

        var reply = await StepAsync(RedisRoutingScripts.Decline, site, [agentId, offerId], cancellationToken);
        return reply.IsAccepted ? true : RoutingRefusals.OfferGone;
    }

    public Task<Outcome<Contact>> TransferAsync(TransferCommand command, CancellationToken cancellationToken = default)
    {
        var (kind, target) = (command.ToQueue, command.ToAgentId) switch
        {
            ({ } queue, null) => (_sites.Find(command.SiteId)?.Site.FindQueue(queue) is null ? "unknown" : "queue", queue),
            (null, { } agent) => ("agent", agent),
            _ => ("none", ""),
        };
        return DecideAsync(
            RedisRoutingScripts.Transfer,
            command.SiteId,
            RoutingRefusals.NotActive,
            [command.AgentId, command.RequestId, command.ContactId, kind, target, command.Note ?? ""],
            cancellationToken);
    }

    public Task<Outcome<Contact>> CloseAsync(CloseCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.Close,
            command.SiteId,
            RoutingRefusals.NotFound,
            [command.ContactId, command.ByRole, command.ById, command.Disposition ?? ""],
            cancellationToken);

    public async Task<TimersFired> FireDueTimersAsync(string siteId, int limit, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return new TimersFired(0, null);
        }

        var reply = await StepAsync(RedisRoutingScripts.Fire, site, [limit], cancellationToken);
        return new TimersFired((int)reply[0], RedisRoutingReplies.ReadMoment(reply[1])) { Calls = RedisCallReplies.Read(reply[2], site) };
    }

    public async Task<int> CompleteEffectsAsync(string siteId, long upToEffectId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _sites.Find(siteId) is { } site
            ? (int)await _redis.ExecuteAsync("XTRIM", site.Outbox, "MINID", "=", RedisOutbox.StreamIdAfter(upToEffectId))
            : 0;
    }

    /// <summary>All of these connections closed, in as few steps as they fit into.</summary>
    internal Task ReleaseAsync(string siteId, IReadOnlyList<AgentConnection> connections, CancellationToken cancellationToken = default) =>
        ForConnectionsAsync(RedisRoutingScripts.Disconnect, siteId, connections, cancellationToken);

    private async Task ForConnectionsAsync(
        RedisScript script, string siteId, IReadOnlyList<AgentConnection> connections, CancellationToken cancellationToken)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return;
        }

        foreach (var some in connections.Chunk(ConnectionsAtOnce))
        {
            var pairs = new RedisValue[2 * some.Length];
            for (var i = 0; i < some.Length; i++)
            {
                (pairs[2 * i], pairs[(2 * i) + 1]) = (some[i].AgentId, some[i].ConnectionId);
            }

            await StepAsync(script, site, pairs, cancellationToken);
        }
    }
}
