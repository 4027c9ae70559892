using System.Text.Json;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>What <c>routing_agents_read.lua</c> writes of a site's agents, put together from its parts.</summary>
internal sealed class RedisAgentReplies
{
    private readonly List<SiteAgent> _agents = [];
    private readonly Dictionary<string, (int Served, int CallsOffered)> _counted = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were read.</summary>
    public IReadOnlyList<SiteAgent> Agents => _agents;

    public void Add(RedisRoutingReply reply)
    {
        foreach (var view in (RedisReply[])reply[0]!)
        {
            _agents.Add(ReadAgent((RedisReply[])view!));
        }

        var counted = (RedisReply[])reply[1]!;
        for (var i = 0; i < counted.Length; i += 3)
        {
            var queue = (string)counted[i]!;
            var (served, offered) = CountedIn(queue);
            _counted[queue] = (served + (int)counted[i + 1], offered + (int)counted[i + 2]);
        }
    }

    /// <summary>Contacts of the queue that they serve, and call-backs of it that they are offered.</summary>
    public (int Served, int CallsOffered) CountedIn(string queue) => _counted.GetValueOrDefault(queue);

    private static SiteAgent ReadAgent(RedisReply[] items) => new(
        new AgentInfo((string)items[0]!, (string)items[1]!),
        JsonSerializer.Deserialize((byte[])items[2]!, RoutingJson.Default.StringArray)!,
        (string)items[3]!,
        (long)items[4] == 1,
        (int)items[5],
        (int)items[6],
        (long)items[7] == 1,
        RedisRoutingReplies.ReadMoment(items[8]));
}
