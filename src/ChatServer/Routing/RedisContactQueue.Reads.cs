using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What changes nothing.</summary>
internal sealed partial class RedisContactQueue
{
    public async Task<IReadOnlyList<SlotCount>> CountSlotsAsync(
        string siteId, string queue, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadSlots, siteId, [queue, MillisecondsOf(from), MillisecondsOf(until)], cancellationToken)
            is (not null, { } reply)
            ? RedisRoutingReplies.ReadSlots(reply[0])
            : [];

    public async Task<IReadOnlyList<RoutingEffect>> ReadEffectsAsync(string siteId, int limit, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadEffects, siteId, [limit], cancellationToken) is ({ } site, { } reply)
            ? RedisOutbox.Read(reply[0], reply[1], site)
            : [];

    public async Task<Contact?> FindContactAsync(string siteId, string contactId, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadContact, siteId, [contactId], cancellationToken) is ({ } site, { IsAccepted: true } reply)
            ? RedisRoutingReplies.ReadContact(reply[0], site)
            : null;

    public async Task<IReadOnlyList<Contact>> ListOpenContactsAsync(
        string siteId, string customerId, CancellationToken cancellationToken = default) =>
        await ReadAsync(RedisRoutingScripts.ReadCustomer, siteId, [customerId], cancellationToken) is ({ } site, { } reply)
            ? Array.ConvertAll((RedisReply[])reply[0]!, contact => RedisRoutingReplies.ReadContact(contact, site))
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

    public async Task<IReadOnlyList<int?>> GetPositionsAsync(string siteId, IReadOnlyList<string> contactIds, CancellationToken cancellationToken = default)
    {
        if (_sites.Find(siteId) is not { } site)
        {
            return new int?[contactIds.Count];
        }

        var positions = new List<int?>(contactIds.Count);
        foreach (var some in contactIds.Chunk(AtOnce))
        {
            var reply = await StepAsync(RedisRoutingScripts.ReadPositions, site, Array.ConvertAll(some, id => (RedisValue)id), cancellationToken);
            positions.AddRange(Array.ConvertAll((RedisReply[])reply[0]!, ahead => (int?)((long?)ahead + 1)));
        }

        return positions;
    }
}
