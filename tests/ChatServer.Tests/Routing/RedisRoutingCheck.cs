using System.Globalization;
using CoPilot.Contracts;
using CoPilot.Realtime.Redis;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>
/// Reads everything that routing keeps of the shop and says what contradicts itself: contacts with two owners or none, load that is not owned, indexes and timers
/// of things that are not so, and contacts that wait though somebody free matches them. While nothing else runs.
/// </summary>
internal sealed class RedisRoutingCheck
{
    private const string Prefix = RedisRoutingNode.KeyPrefix + ":{" + RoutingSites.Shop + "}:";

    private readonly Dictionary<string, Dictionary<string, string>> _hashes = [];
    private readonly Dictionary<string, Dictionary<string, double>> _sorted = [];
    private readonly List<string> _faults = [];
    private readonly long _now;

    private RedisRoutingCheck(DateTimeOffset now) => _now = now.ToUnixTimeMilliseconds();

    /// <summary>Of the keys it is given that are the shop's.</summary>
    /// <param name="now">Not after the last step: what ran out since then, while this read, is in no step's answer.</param>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(RedisRoutingNode node, IReadOnlyList<string> keys, DateTimeOffset now)
    {
        var check = new RedisRoutingCheck(now);
        await check.ReadAsync(node, keys);
        foreach (var (id, contact) in check.Hashes("contact:"))
        {
            check.CheckContact(id, contact);
        }

        foreach (var (id, agent) in check.Hashes("agent:"))
        {
            check.CheckAgent(id, agent);
        }

        check.CheckIndexes();
        check.CheckTimers();
        check.CheckSeats();
        check.CheckNobodyWaitsForNothing();
        return check._faults;
    }

    public static async Task<DateTimeOffset> MomentAsync(RedisRoutingNode node)
    {
        var time = (RedisReply[])(await node.Redis.ExecuteAsync("TIME").Within())!;
        return DateTimeOffset.FromUnixTimeMilliseconds(((long)time[0] * 1000) + ((long)time[1] / 1000));
    }

    private async Task ReadAsync(RedisRoutingNode node, IReadOnlyList<string> keys)
    {
        foreach (var key in keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            switch ((string)(await node.Redis.ExecuteAsync("TYPE", (RedisKey)key))!)
            {
                case "hash":
                    _hashes[key[Prefix.Length..]] = await PairsAsync(value => value, "HGETALL", (RedisKey)key);
                    break;
                case "list":
                    var items = (RedisReply[])(await node.Redis.ExecuteAsync("LRANGE", (RedisKey)key, 0, -1).Within())!;
                    _sorted[key[Prefix.Length..]] = items.Index().ToDictionary(item => (string)item.Item!, item => (double)item.Index);
                    break;
                case "zset":
                    _sorted[key[Prefix.Length..]] =
                        await PairsAsync(score => double.Parse(score, CultureInfo.InvariantCulture), "ZRANGE", (RedisKey)key, 0, -1, "WITHSCORES");
                    break;
            }
        }

        async Task<Dictionary<string, T>> PairsAsync<T>(Func<string, T> read, string command, params object[] arguments)
        {
            var items = Array.ConvertAll((RedisReply[])(await node.Redis.ExecuteAsync(command, arguments).Within())!, item => (string)item!);
            return items.Chunk(2).ToDictionary(pair => pair[0], pair => read(pair[1]));
        }
    }

    private void CheckContact(string id, Dictionary<string, string> contact)
    {
        var (state, queue, agent) = (contact["state"], contact["queue"], contact["agent"]);
        var isWaiting = state == ContactStates.Waiting;
        Expect(Has($"line:{queue}", id) == (isWaiting || state == ContactStates.Offered), $"{id} is {state}: line");
        Expect(Has($"waiting:{LaneOf(contact)}", id) == (isWaiting && (contact["passed"] == "0" || contact["prefers"].Length > 0)), $"{id} is {state}: waiting");
        Expect(Has($"passed:{LaneOf(contact)}", id) == (isWaiting && contact["passed"] == "1" && contact["prefers"].Length == 0), $"{id} is {state}: passed");
        var isOpen = state != ContactStates.Closed;
        Expect(Has($"customer:{contact["customer"]}", id) == isOpen, $"{id} is {state}: customer");
        Expect(Hash("open").GetValueOrDefault(contact["customer"]) == id == (isOpen && contact["kind"] == ContactKinds.Chat), $"{id} is {state}: open");
        Expect(Hash("phones").GetValueOrDefault(contact["phone"]) == id == (isOpen && contact["kind"] == ContactKinds.Callback), $"{id} is {state}: phones");
        var place = Sorted("places").TryGetValue(id, out var own) ? own.ToString("F0", CultureInfo.InvariantCulture) : "";
        Expect(place == (isOpen ? contact.GetValueOrDefault("place", "") : ""), $"{id} is {state}: place");
        Expect(Has("timers", $"due {contact["number"]} {id}") == (state == ContactStates.Scheduled), $"{id} is {state}: due");
        var owners = _sorted.Where(entry => entry.Key.StartsWith("served:", StringComparison.Ordinal) && entry.Value.ContainsKey(id))
            .Select(entry => entry.Key["served:".Length..])
            .Concat(Hashes("agent:").Where(entry => entry.Value["offer"] == id).Select(entry => entry.Key))
            .ToArray();
        string[] expected = state is ContactStates.Offered or ContactStates.Active ? [agent] : [];
        Expect(owners.SequenceEqual(expected), $"{id} is {state} of '{agent}': owned by {string.Join(',', owners)}");
        Expect(Has("timers", $"offer {agent} {id}") == (state == ContactStates.Offered), $"{id} is {state}: offer timer");
        if (state is ContactStates.Offered)
        {
            Expect(Hash($"offer:{contact["offer"]}").GetValueOrDefault("outcome") == "", $"{id} is offered: no open offer");
        }
    }

    private void CheckAgent(string id, Dictionary<string, string> agent)
    {
        foreach (var served in Sorted($"served:{id}").Keys)
        {
            Expect(Hash($"contact:{served}").GetValueOrDefault("state") == ContactStates.Active, $"{id} serves {served}, which is not active");
        }

        Expect(agent["offer"] == "" || Hash($"contact:{agent["offer"]}").GetValueOrDefault("state") == ContactStates.Offered, $"{id}: offer");
        var calls = Sorted($"served:{id}").Keys.Where(served => Hash($"contact:{served}").GetValueOrDefault("kind") == ContactKinds.Callback);
        Expect(string.Join(',', calls) == agent["call"], $"{id}: on a call");
        Expect(agent["present"] == "1" == (agent["status"] != AgentStatuses.Offline && Has("held", id)), $"{id}: present");
        Expect(Has("timers", $"wrap_up {id} ") == (agent["wrap_up"] != ""), $"{id}: finishing up");
        Expect(LoadOf(id, agent) <= int.Parse(agent["capacity"], CultureInfo.InvariantCulture), $"{id}: more than their capacity");
        var until = Sorted($"connections:{id}").Values.DefaultIfEmpty(0).Max();
        Expect(until == double.Parse(agent["connected_until"], CultureInfo.InvariantCulture), $"{id}: connected until");

        // The indexes are as of the last step: an agent whose lease ran out since is still in them.
        if (IsConnected(id, agent))
        {
            Expect(IsFree(id, agent, ContactKinds.Chat) == (agent["free"] != ""), $"{id}: free");
            Expect(IsFree(id, agent, ContactKinds.Callback) == (agent["free_callback"] != ""), $"{id}: free for a call");
        }
    }

    private void CheckIndexes()
    {
        foreach (var (key, members) in _sorted)
        {
            var (kind, rest) = (key.Split(':')[0], key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            foreach (var member in members.Keys)
            {
                Expect(
                    kind switch
                    {
                        "line" => Hash($"contact:{member}").GetValueOrDefault("queue") == rest,
                        "waiting" or "passed" => Hash($"contact:{member}") is { Count: > 0 } contact && LaneOf(contact) == rest,
                        "free" => IsIndexed(Hash($"agent:{member}"), rest.Split(':')[1]) && Queues(member).Contains(rest.Split(':')[0]),
                        _ => true,
                    },
                    $"{key} has {member}");
            }
        }
    }

    private void CheckTimers()
    {
        foreach (var timer in Sorted("timers").Keys.Select(timer => timer.Split(' ')))
        {
            var (kind, agent, subject) = (timer[0], timer[1], timer[2]);
            var contact = Hash($"contact:{subject}");
            Expect(
                kind switch
                {
                    "lease" => Has($"connections:{agent}", subject),
                    "offer" => contact.GetValueOrDefault("agent") == agent && contact["state"] == ContactStates.Offered,
                    "grace" => contact.GetValueOrDefault("agent") == agent && contact["state"] == ContactStates.Active,
                    "passed_over" => Hash($"passes:{subject}").ContainsKey(agent) && contact["state"] != ContactStates.Closed,
                    "dial" => contact.Count > 0,
                    "due" => contact.GetValueOrDefault("state") == ContactStates.Scheduled,
                    "wrap_up" => Hash($"agent:{agent}").GetValueOrDefault("wrap_up") is { Length: > 0 },
                    "customer" => contact.GetValueOrDefault("kind") == ContactKinds.Chat && contact["state"] != ContactStates.Closed,
                    "inactivity" => contact.GetValueOrDefault("kind") == ContactKinds.Chat && contact["state"] == ContactStates.Active,
                    "opening" => true,
                    "preferred" => contact.GetValueOrDefault("state") == ContactStates.Waiting && Has($"awaited:{contact["prefers"]}", subject),
                    "overflow" => contact.GetValueOrDefault("state") == ContactStates.Waiting && contact["overflow_at"].Length > 0,
                    "absence" => _hashes.ContainsKey($"agent:{agent}"),
                    _ => false,
                },
                $"orphan timer: {string.Join(' ', timer)}");
        }
    }

    /// <summary>As many seats are held as there are contacts with an agent, and agents who finish up.</summary>
    private void CheckSeats()
    {
        foreach (var (queue, times) in Hash("handling"))
        {
            var contacts = Hashes("contact:").Count(contact =>
                contact.Value["queue"] == queue && contact.Value["state"] is ContactStates.Offered or ContactStates.Active);
            var finishing = Hashes("agent:").Count(agent => agent.Value.GetValueOrDefault("wrap_up_queue") == queue);
            Expect(times.Split(' ')[1] == (contacts + finishing).ToString(CultureInfo.InvariantCulture), $"{queue}: {times} with {contacts} and {finishing} finishing up");
        }
    }

    private void CheckNobodyWaitsForNothing()
    {
        foreach (var (id, contact) in Hashes("contact:").Where(contact => contact.Value["state"] == ContactStates.Waiting))
        {
            var passes = Hash($"passes:{id}");
            var free = Hashes("agent:").Where(agent => IsFree(agent.Key, agent.Value, contact["kind"]));
            foreach (var (agent, _) in free.Where(agent =>
                Queues(agent.Key).Contains(contact["queue"]) && (contact["prefers"].Length == 0 || contact["prefers"] == agent.Key)))
            {
                var isPassed = passes.TryGetValue(agent, out var until) && double.Parse(until, CultureInfo.InvariantCulture) > _now;
                Expect(isPassed, $"{id} waits though {agent} is free");
            }
        }
    }

    private bool IsConnected(string id, Dictionary<string, string> agent) =>
        Has("held", id) && double.Parse(agent["connected_until"], CultureInfo.InvariantCulture) > _now;

    private static string LaneOf(Dictionary<string, string> contact) =>
        $"{contact["queue"]}:{contact["kind"]}{(contact["prefers"].Length > 0 ? $"@{contact["prefers"]}" : "")}";

    private static bool IsIndexed(Dictionary<string, string> agent, string kind) =>
        agent.GetValueOrDefault(kind == ContactKinds.Chat ? "free" : "free_callback") is { Length: > 0 };

    private bool IsFree(string id, Dictionary<string, string> agent, string kind) =>
        IsConnected(id, agent) && agent["status"] == AgentStatuses.Available && agent["offer"] == "" && agent["wrap_up"] == ""
        && (agent["call"] == "" || (kind == ContactKinds.Chat && new RoutingSites().All.First().Callbacks.ChatsDuringCalls))
        && LoadOf(id, agent) < int.Parse(agent["capacity"], CultureInfo.InvariantCulture);

    private int LoadOf(string id, Dictionary<string, string> agent) => Sorted($"served:{id}").Count + (agent["offer"] == "" ? 0 : 1);

    private string[] Queues(string agent) => System.Text.Json.JsonSerializer.Deserialize<string[]>(Hash($"agent:{agent}")["queues"])!;

    private bool Has(string key, string member) => Sorted(key).ContainsKey(member);

    private Dictionary<string, string> Hash(string key) => _hashes.GetValueOrDefault(key) ?? [];

    private Dictionary<string, double> Sorted(string key) => _sorted.GetValueOrDefault(key) ?? [];

    private IEnumerable<KeyValuePair<string, Dictionary<string, string>>> Hashes(string prefix) => _hashes
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(entry => KeyValuePair.Create(entry.Key[prefix.Length..], entry.Value));

    private void Expect(bool condition, string fault)
    {
        if (!condition)
        {
            _faults.Add(fault);
        }
    }
}
