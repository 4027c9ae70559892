using System.Globalization;
using CoPilot.ChatServer.Sites;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Reads what <c>routing_site_read.lua</c> writes, and adds the agents.</summary>
internal static class RedisSiteReplies
{
    public static SiteFacts Read(RedisRoutingReply reply, RedisAgentReplies agents, RedisRoutingSite site, IReadOnlyCollection<string> listed)
    {
        SiteAgent[] byName = [.. agents.Agents];
        Array.Sort(byName, (one, other) => string.CompareOrdinal(one.Agent.Name, other.Agent.Name) is not 0 and var order
            ? order
            : string.CompareOrdinal(one.Agent.AgentId, other.Agent.AgentId));
        var (lines, contacts) = ((RedisReply[])reply[2]!, (RedisReply[])reply[3]!);
        return new SiteFacts(
            DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]),
            [.. lines.Select((line, i) => ReadLine(site.Site.Queues[i], (RedisReply[])line!, agents))],
            byName,
            [.. listed.Select((queue, i) => new ListedLine(queue, ReadContacts((RedisReply[])contacts[i]!, site)))]);
    }

    private static SiteLine ReadLine(QueueSettings queue, RedisReply[] items, RedisAgentReplies agents)
    {
        var (served, callsOffered) = agents.CountedIn(queue.Name);
        var closure = QueueClosure.Read(RedisRoutingReplies.ReadText(items[4]));
        return new SiteLine(
            new QueueState(queue.Name, (int)items[0], RedisRoutingReplies.ReadMoment(items[5]), (int)items[6]) { Closure = closure },
            new LineFacts(queue.Name, (int)items[0], (int)items[1], (int)items[2], RedisWaitReplies.ReadTimes((string)items[3]!))
            {
                IsClosedForNow = closure is not null,
            },
            CallsInLine: (int)items[2] + callsOffered,
            Serving: served,
            Scheduled: (int)items[7],
            Due: (int)items[8]);
    }

    private static List<ListedContact> ReadContacts(RedisReply[] views, RedisRoutingSite site) =>
        [.. views.Select((view, i) =>
        {
            var items = (RedisReply[])view!;
            return ListedContact.At(
                RedisRoutingReplies.ReadContact(items[1], site), i + 1, long.Parse((string)items[0]!, NumberStyles.None, CultureInfo.InvariantCulture));
        })];
}
