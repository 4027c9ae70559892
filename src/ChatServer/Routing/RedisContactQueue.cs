using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CoPilot.ChatServer.Redis;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// <see cref="IContactQueue"/> on Redis, for any number of nodes: a step is one script in the site's slot, so steps follow each other whichever node
/// they come from, at Redis' own moment. Nothing is kept here; <c>Lua/</c> holds the rules. Leases of a dead node's agents run out by themselves.
/// <para>The line is read in parts, so that a long one does not hold up Redis; a part is one moment's truth, the whole is not.</para>
/// </summary>
internal sealed class RedisContactQueue : IContactQueue
{
    /// <summary>So many connections or places are dealt with in one script: well below a millisecond of Redis' time.</summary>
    private const int AtOnce = 200;

    /// <summary>A moment that this node's clock did not foresee is asked about again; a second time only when a clock was set meanwhile.</summary>
    private const int MomentsTried = 3;

    private readonly RedisConnections _redis;
    private readonly RedisRoutingSites _sites;
    private readonly IRoutingFeed _feed;
    private readonly TimeProvider _clock;
    private readonly TimeProvider? _redisClock;

    /// <summary>By how many ticks Redis' clock was seen to be ahead of this node's; 0 until that mattered.</summary>
    private long _ahead;

    /// <param name="clock">This node's, which only guesses what Redis' own will say.</param>
    public RedisContactQueue(
        RedisConnections redis, ChatKeys keys, NodeBus nodes, ISiteCatalog sites, IRoutingFeed feed, TimeProvider clock)
        : this(redis, keys, nodes, sites, feed, clock, redisClock: null)
    {
    }

    /// <param name="redisClock">For tests: taken for Redis' own.</param>
    internal RedisContactQueue(
        RedisConnections redis,
        ChatKeys keys,
        NodeBus nodes,
        ISiteCatalog sites,
        IRoutingFeed feed,
        TimeProvider clock,
        TimeProvider? redisClock)
    {
        (_redis, _feed, _clock, _redisClock) = (redis, feed, clock, redisClock);
        _sites = new RedisRoutingSites(sites, keys, nodes);
    }

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
                .. contact.Text is { } text ? new RedisValue[] { text } : [],
            ],
            cancellationToken);
        return reply.ToContact(site);
    }

    public async Task<Outcome<Contact>> RequestCallbackAsync(NewCallback callback, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(callback.SiteId) is not { } site)
        {
            return RoutingRefusals.NotFound;
        }

        var queue = site.Site.FindTopic(callback.Topic) is { } topic ? site.Site.SettingsOf(topic.Queue) : null;
        var reply = await StepAsync(
            RedisRoutingScripts.RequestCallback,
            site,
            [
                callback.Customer.CustomerId, callback.RequestId, NewId(), NewId(), queue?.Name ?? "", queue?.MaximumLength ?? 0,
                JsonSerializer.SerializeToUtf8Bytes(callback.Customer, RoutingJson.Default.CustomerInfo), callback.Topic, callback.Phone, callback.Note ?? "",
                MillisecondsOf(callback.When), callback.When is { } when && queue?.Hours.IsOpenAt(when) == true ? 1 : 0,
            ],
            cancellationToken);
        return reply.ToContact(site);
    }

    public Task<Outcome<Contact>> RescheduleCallbackAsync(RescheduleCallbackCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.RescheduleCallback,
            command.SiteId,
            RoutingRefusals.NotFound,
            [command.CustomerId, command.ContactId, MillisecondsOf(command.When), QueuesAt(command.SiteId, command.When)],
            cancellationToken);

    public Task<Outcome<Contact>> SwitchToCallbackAsync(SwitchToCallbackCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.SwitchToCallback,
            command.SiteId,
            RoutingRefusals.NotFound,
            [
                command.CustomerId, command.RequestId, command.ContactId, command.Phone, command.Note ?? "", MillisecondsOf(command.When),
                QueuesAt(command.SiteId, command.When),
            ],
            cancellationToken);

    public Task<Outcome<Contact>> SwitchToChatAsync(SwitchToChatCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.SwitchToChat,
            command.SiteId,
            RoutingRefusals.NotFound,
            [command.CustomerId, command.RequestId, command.ContactId, QueuesAt(command.SiteId, when: null)],
            cancellationToken);

    public async Task<IReadOnlyList<SlotCount>> CountSlotsAsync(
        string siteId, string queue, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadSlots, siteId, [queue, MillisecondsOf(from), MillisecondsOf(until)], cancellationToken)
            is (not null, { } reply)
            ? RedisRoutingReplies.ReadSlots(reply[0])
            : [];

    public Task<Outcome<Contact>> CompleteCallbackAsync(CompleteCallbackCommand command, CancellationToken cancellationToken = default)
    {
        RoutingRules.CheckOutcome(command.Outcome);
        return DecideAsync(
            RedisRoutingScripts.CompleteCallback,
            command.SiteId,
            RoutingRefusals.NotActive,
            [command.AgentId, command.RequestId, command.ContactId, command.Outcome, command.Note ?? ""],
            cancellationToken);
    }

    public async Task<Agent> ConnectAgentAsync(AgentProfile profile, string connectionId, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(profile.SiteId) is not { } site)
        {
            throw new ArgumentException("An agent's site is configured, or the agent could not have signed in.", nameof(profile));
        }

        var queues = JsonSerializer.SerializeToUtf8Bytes(profile.Queues.Distinct(StringComparer.Ordinal).ToArray(), RoutingJson.Default.StringArray);
        var reply = await StepAsync(
            RedisRoutingScripts.Connect, site, [profile.AgentId, profile.Name, profile.Capacity, queues, connectionId], cancellationToken);
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
            [command.AgentId, command.RequestId, command.ContactId, kind, target],
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
        return new TimersFired((int)reply[0], RedisRoutingReplies.ReadMoment(reply[1]));
    }

    public async Task<IReadOnlyList<RoutingEffect>> ReadEffectsAsync(string siteId, int limit, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadEffects, siteId, [limit], cancellationToken) is ({ } site, { } reply)
            ? RedisOutbox.Read(reply[0], reply[1], site)
            : [];

    public async Task<int> CompleteEffectsAsync(string siteId, long upToEffectId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _sites.Find(siteId) is { } site
            ? (int)await _redis.ExecuteAsync("XTRIM", site.Outbox, "MINID", "=", RedisOutbox.StreamIdAfter(upToEffectId))
            : 0;
    }

    public async Task<Contact?> FindContactAsync(string siteId, string contactId, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadContact, siteId, [contactId], cancellationToken) is ({ } site, { IsAccepted: true } reply)
            ? RedisRoutingReplies.ReadContact(reply[0], site)
            : null;

    public async Task<IReadOnlyList<Contact>> ListOpenContactsAsync(
        string siteId, string customerId, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadCustomer, siteId, [customerId], cancellationToken) is ({ } site, { } reply)
            ? Array.ConvertAll((RedisResult[])reply[0]!, contact => RedisRoutingReplies.ReadContact(contact, site))
            : [];

    public async Task<Agent?> FindAgentAsync(string siteId, string agentId, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadAgent, siteId, [agentId], cancellationToken) is ({ } site, { IsAccepted: true } reply)
            ? RedisRoutingReplies.ReadAgent(reply[0], site)
            : null;

    public async Task<IReadOnlyList<QueueState>> GetQueuesAsync(string siteId, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return [];
        }

        var names = site.Site.Queues.Select(queue => (RedisValue)queue.Name).ToArray();
        var reply = await StepAsync(RedisRoutingScripts.ReadQueues, site, names, cancellationToken);
        return RedisRoutingReplies.ReadQueues(reply[0], site.Site);
    }

    public async Task<IReadOnlyList<Colleague>> ListColleaguesAsync(string siteId, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadColleagues, siteId, [], cancellationToken) is (not null, { } reply)
            ? RedisRoutingReplies.ReadColleagues(reply[0])
            : [];

    public async Task<IReadOnlyList<LinePosition>> GetLineAsync(string siteId, string queue, CancellationToken cancellationToken = default)
    {
        var line = new List<LinePosition>();
        long? after = 0;
        while (after is not null
            && await ReadAsync(RedisRoutingScripts.ReadLine, siteId, [queue, after.Value, AtOnce], cancellationToken) is (not null, { } reply))
        {
            after = RedisRoutingReplies.ReadLine(reply[0], line) is (AtOnce, var last) ? last : null;
        }

        return line;
    }

    public async Task<int?> GetPositionAsync(string siteId, string contactId, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadPosition, siteId, [contactId], cancellationToken) is (not null, { IsAccepted: true } reply)
            ? (int)reply[0] + 1
            : null;

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

        foreach (var some in connections.Chunk(AtOnce))
        {
            var pairs = new RedisValue[2 * some.Length];
            for (var i = 0; i < some.Length; i++)
            {
                (pairs[2 * i], pairs[(2 * i) + 1]) = (some[i].AgentId, some[i].ConnectionId);
            }

            await StepAsync(script, site, pairs, cancellationToken);
        }
    }

    private async Task<Outcome<Contact>> DecideAsync(
        RedisScript script, string siteId, Refusal stale, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _sites.Find(siteId) is { } site
            ? (await StepAsync(script, site, arguments, cancellationToken)).ToContact(site, stale)
            : RoutingRefusals.NotFound;

    /// <summary>Nothing where there is no such site.</summary>
    private async Task<(RedisRoutingSite? Site, RedisRoutingReply? Reply)> ReadAsync(
        RedisScript script, string siteId, RedisValue[] arguments, CancellationToken cancellationToken) =>
        _sites.Find(siteId) is { } site ? (site, await StepAsync(script, site, arguments, cancellationToken)) : (null, null);

    private async Task<RedisRoutingReply> StepAsync(
        RedisScript script, RedisRoutingSite site, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RedisValue now = _redisClock is null ? "" : _redisClock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var rules = site.Rules.Around(_clock.GetUtcNow().AddTicks(Volatile.Read(ref _ahead)));
            var reply = new RedisRoutingReply(
                await _redis.EvaluateAsync(script, site.Keys, [now, rules, NewId(), site.NodeId, site.ChannelPrefix, site.Frame, .. arguments]));
            if (reply.IsChanged)
            {
                _feed.Changed(site.Site.Id);
            }

            if (reply.Code != RedisRoutingReply.AnotherMoment)
            {
                return reply;
            }

            if (tries == MomentsTried)
            {
                throw new InvalidOperationException("Redis' clock and this node's answer do not meet.");
            }

            Volatile.Write(ref _ahead, (DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]) - _clock.GetUtcNow()).Ticks);
        }
    }

    /// <summary>Of each queue whether it is open at that time, and its greatest length: in which of them the contact is the script alone knows.</summary>
    private RedisValue QueuesAt(string siteId, DateTimeOffset? when)
    {
        var queues = (_sites.Find(siteId)?.Site.Queues ?? []).ToDictionary(
            queue => queue.Name,
            queue => new[] { when is { } moment && queue.Hours.IsOpenAt(moment) ? 1 : 0, queue.MaximumLength },
            StringComparer.Ordinal);
        return JsonSerializer.SerializeToUtf8Bytes(queues, RoutingJson.Default.DictionaryStringInt32Array);
    }

    private static RedisValue MillisecondsOf(DateTimeOffset? moment) => moment is { } given ? given.ToUnixTimeMilliseconds() : "";

    private static string NewId() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
