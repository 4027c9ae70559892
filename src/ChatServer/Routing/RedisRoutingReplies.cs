using System.Globalization;
using System.Text.Json;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Reads the shapes that <c>routing_lib_contacts.lua</c> and <c>routing_lib_reply.lua</c> write, item by item.</summary>
internal static class RedisRoutingReplies
{
    public static Contact ReadContact(RedisReply view, RedisRoutingSite site)
    {
        var items = (RedisReply[])view!;
        return new Contact(
            ContactId: (string)items[0]!,
            RequestId: (string)items[1]!,
            SiteId: site.Site.Id,
            Kind: (string)items[2]!,
            ConversationId: (string)items[3]!,
            Customer: ReadCustomer(items[4]),
            Queue: (string)items[5]!,
            Topic: (string)items[6]!,
            Text: (string?)items[7],
            State: (string)items[8]!,
            ArrivedAt: ReadMoment(items[9])!.Value,
            Fence: (long)items[10],
            Agent: ReadText(items[11]) is { } agentId ? new AgentInfo(agentId, (string)items[12]!) : null,
            AcceptedAt: ReadMoment(items[13]))
        {
            HasConversation = (long)items[14] == 1,
            CustomerAway = (long)items[21] == 1,
            Callback = ReadCallback(items[15], items[16], items[17], items[18]) is { } callback
                ? callback with { Call = CallProgress.Read(ReadText(items[20]), (long)items[10], (string)items[8]!) }
                : null,
            End = ReadMoment(items[22]) is { } closedAt ? new ContactEnd(closedAt, (string)items[23]!) : null,
            Shown = RedisWaitReplies.ReadShown(items[19]),
        };
    }

    public static List<SlotCount> ReadSlots(RedisReply pairs) =>
        [.. ((RedisReply[])pairs!).Where((_, i) => i % 2 == 1)
            .GroupBy(time => (long)time)
            .Select(slot => new SlotCount(DateTimeOffset.FromUnixTimeMilliseconds(slot.Key), slot.Count()))];

    /// <summary>None of what has no number.</summary>
    public static Callback? ReadCallback(RedisReply phone, RedisReply note, RedisReply dueAt, RedisReply attempts) =>
        ReadText(phone) is { } number ? new Callback(number, ReadText(note), ReadMoment(dueAt), ReadAttempts(attempts)) : null;

    public static Agent ReadAgent(RedisReply view, RedisRoutingSite site)
    {
        var items = (RedisReply[])view!;
        var queues = Array.ConvertAll((RedisReply[])items[2]!, queue => (string)queue!);
        var levels = (RedisReply[])items[10]!;
        var profile = new AgentProfile((string)items[0]!, site.Site.Id, (string)items[1]!, queues, (int)items[3])
        {
            Levels = queues.Index().ToDictionary(queue => queue.Item, queue => (int)levels[queue.Index], StringComparer.Ordinal),
        };
        var contacts = Array.ConvertAll((RedisReply[])items[7]!, contact => ReadContact(contact, site));
        return new Agent(profile, (string)items[4]!, (long)items[5] == 1, (int)items[6], contacts, items[8].IsNull ? null : ReadOffer(items[8], site))
        {
            WrapUpUntil = ReadMoment(items[9]),
        };
    }

    public static List<QueueState> ReadQueues(RedisReply views, Site site)
    {
        var queues = (RedisReply[])views!;
        var states = new List<QueueState>(queues.Length);
        foreach (var view in queues)
        {
            var items = (RedisReply[])view!;
            states.Add(new QueueState(site.Queues[states.Count].Name, (int)items[0], ReadMoment(items[1]), (int)items[2])
            {
                Closure = QueueClosure.Read(ReadText(items[3])),
            });
        }

        return states;
    }

    /// <summary>By name.</summary>
    public static List<Colleague> ReadColleagues(RedisReply views)
    {
        var colleagues = new List<Colleague>();
        foreach (var view in (RedisReply[])views!)
        {
            var items = (RedisReply[])view!;
            var agent = new AgentInfo((string)items[0]!, (string)items[1]!);
            colleagues.Add(new Colleague(agent, (string)items[2]!, Math.Max(0, (int)items[3] - (int)items[4])));
        }

        colleagues.Sort((one, other) => string.CompareOrdinal(one.Agent.Name, other.Agent.Name) is not 0 and var byName
            ? byName
            : string.CompareOrdinal(one.Agent.AgentId, other.Agent.AgentId));
        return colleagues;
    }

    /// <summary>Adds a part of a line to what came before it; answers how many there were and the place of the last.</summary>
    public static (int Count, long LastPlace) ReadLine(RedisReply views, List<LinePosition> line)
    {
        var (places, last) = ((RedisReply[])views!, 0L);
        foreach (var view in places)
        {
            var items = (RedisReply[])view!;
            last = (long)items[1];
            line.Add(new LinePosition((string)items[0]!, (string)items[2]!, ReadText(items[3]), (string)items[4]!, line.Count + 1)
            {
                Kind = (string)items[5]!,
                StandsAt = LinePlace.StandsAt(last),
                IsWaitKept = (long)items[6] == 1,
            });
        }

        return (places.Length, last);
    }

    public static CustomerInfo ReadCustomer(RedisReply json) => JsonSerializer.Deserialize((byte[])json!, RoutingJson.Default.CustomerInfo)!;

    public static DateTimeOffset? ReadMoment(RedisReply milliseconds) =>
        ReadText(milliseconds) is not null ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : null;

    /// <summary>Scripts write '' for what is not there.</summary>
    public static string? ReadText(RedisReply text) => (string?)text is { Length: > 0 } value ? value : null;

    private static CallAttempt[] ReadAttempts(RedisReply json) => ReadText(json) is null
        ? []
        : Array.ConvertAll(
            JsonSerializer.Deserialize((byte[])json!, RoutingJson.Default.StringArrayArray)!,
            attempt => new CallAttempt(
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(attempt[0], NumberStyles.None, CultureInfo.InvariantCulture)),
                attempt[1],
                attempt[2],
                attempt[3].Length > 0 ? attempt[3] : null));

    private static Offer ReadOffer(RedisReply view, RedisRoutingSite site)
    {
        var items = (RedisReply[])view!;
        return new Offer((string)items[0]!, ReadContact(items[3], site), ReadMoment(items[1])!.Value, ReadMoment(items[2])!.Value);
    }
}
