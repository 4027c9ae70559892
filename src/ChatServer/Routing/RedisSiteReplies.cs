using System.Globalization;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Reads what <c>routing_site_read.lua</c> writes.</summary>
internal static class RedisSiteReplies
{
    public static SiteFacts Read(RedisRoutingReply reply, RedisRoutingSite site, IReadOnlyCollection<string> listed)
    {
        var agents = Array.ConvertAll((RedisReply[])reply[1]!, ReadAgent);
        Array.Sort(agents, (one, other) => string.CompareOrdinal(one.Agent.Name, other.Agent.Name) is not 0 and var byName
            ? byName
            : string.CompareOrdinal(one.Agent.AgentId, other.Agent.AgentId));
        var (lines, contacts) = ((RedisReply[])reply[2]!, (RedisReply[])reply[3]!);
        return new SiteFacts(
            DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]),
            [.. lines.Select((line, i) => ReadLine(site.Site.Queues[i], (RedisReply[])line!))],
            agents,
            [.. listed.Select((queue, i) => new ListedLine(queue, ReadContacts((RedisReply[])contacts[i]!, site)))]);
    }

    private static SiteLine ReadLine(QueueSettings queue, RedisReply[] items)
    {
        var closure = QueueClosure.Read(RedisRoutingReplies.ReadText(items[4]));
        return new SiteLine(
            new QueueState(queue.Name, (int)items[0], RedisRoutingReplies.ReadMoment(items[5]), (int)items[6]) { Closure = closure },
            new LineFacts(queue.Name, (int)items[0], (int)items[1], (int)items[2], RedisWaitReplies.ReadTimes((string)items[3]!))
            {
                IsClosedForNow = closure is not null,
            },
            CallsInLine: (int)items[7],
            Serving: (int)items[8],
            Scheduled: (int)items[9],
            Due: (int)items[10]);
    }

    private static SiteAgent ReadAgent(RedisReply view)
    {
        var items = (RedisReply[])view!;
        return new SiteAgent(
            new AgentInfo((string)items[0]!, (string)items[1]!),
            Array.ConvertAll((RedisReply[])items[2]!, queue => (string)queue!),
            (string)items[3]!,
            (long)items[4] == 1,
            (int)items[5],
            (int)items[6],
            (long)items[7] == 1,
            RedisRoutingReplies.ReadMoment(items[8]));
    }

    private static List<ListedContact> ReadContacts(RedisReply[] views, RedisRoutingSite site) =>
        [.. views.Select((view, i) =>
        {
            var items = (RedisReply[])view!;
            return ListedContact.At(
                RedisRoutingReplies.ReadContact(items[1], site), i + 1, long.Parse((string)items[0]!, NumberStyles.None, CultureInfo.InvariantCulture));
        })];
}
