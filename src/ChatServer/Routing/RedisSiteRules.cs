using System.Text.Json;
using System.Text.Json.Serialization;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// What a site's scripts go by, as <c>routing_lib_site.lua</c> reads it: nodes share nothing, so each step brings it. A script knows no time zones but alone knows the
/// moment, so it is told of each minute around this node's whether queues are open, because hours begin and end with minutes. Made once a minute. Thread-safe.
/// </summary>
internal sealed class RedisSiteRules(Site site)
{
    /// <summary>To each side: more than clocks of one cluster differ.</summary>
    private const int MinutesAround = 5;

    private const int Minutes = (2 * MinutesAround) + 1;

    private Written? _last;

    public RedisValue Around(DateTimeOffset moment)
    {
        var minute = moment.ToUnixTimeSeconds() / 60;
        var last = Volatile.Read(ref _last);
        if (last?.Minute != minute)
        {
            last = new Written(minute, Write(minute - MinutesAround));
            Volatile.Write(ref _last, last);
        }

        return last.Text;
    }

    private string Write(long firstMinute)
    {
        var rules = new RedisRoutingRules(
            firstMinute,
            Minutes,
            Milliseconds(RoutingRules.PresenceLease),
            Milliseconds(RoutingRules.CustomerLease),
            Milliseconds(RoutingRules.CustomerGrace),
            Milliseconds(RoutingRules.PassedOverFor),
            Milliseconds(Limits.RequestMemory),
            site.Callbacks.Webhook is not null,
            Milliseconds(RoutingRules.CallBegunWithin),
            site.Callbacks.ChatsDuringCalls,
            site.Callbacks.MaximumPerCustomer,
            site.MissedOffers,
            Milliseconds(RoutingRules.LastAgentMemory),
            Milliseconds(RoutingRules.SiteWatchLease),
            site.Queues.Any(queue => queue.PreferredAgentFor > TimeSpan.Zero),
            site.Queues.ToDictionary(queue => queue.Name, RulesOf, StringComparer.Ordinal),
            RulesOf(QueueSettings.Removed("")),
            FindClosed(firstMinute));
        return JsonSerializer.Serialize(rules, RoutingJson.Default.RedisRoutingRules);
    }

    private Dictionary<string, RedisClosedQueue> FindClosed(long firstMinute)
    {
        var closed = new Dictionary<string, RedisClosedQueue>(StringComparer.Ordinal);
        foreach (var queue in site.Queues)
        {
            var open = string.Concat(Enumerable.Range(0, Minutes).Select(i => queue.Hours.IsOpenAt(Moment(firstMinute + i)) ? '1' : '0'));
            if (open.Contains('0', StringComparison.Ordinal))
            {
                closed.Add(queue.Name, new RedisClosedQueue(open, queue.Hours.NextOpening(Moment(firstMinute + Minutes - 1))?.ToUnixTimeMilliseconds()));
            }
        }

        return closed;
    }

    private static RedisQueueRules RulesOf(QueueSettings queue)
    {
        var calls = queue.Callbacks ?? QueueCallbacks.None;
        return new RedisQueueRules(
            queue.Strategy,
            queue.MaximumLength,
            Milliseconds(queue.PreferredAgentFor),
            queue.Overflow is { } overflow ? new RedisOverflow(overflow.Queue, overflow.After is { } after ? Milliseconds(after) : null, overflow.WhenNobody) : null,
            Milliseconds(queue.AcceptTimeout),
            Milliseconds(queue.AgentGrace),
            Milliseconds(queue.AnswerWithin),
            queue.Callbacks is not null,
            Milliseconds(calls.WrapUp),
            [.. calls.RetryPauses.Select(Milliseconds)],
            Milliseconds(calls.SlotLength),
            calls.CallsPerSlot,
            Milliseconds(TimeSpan.FromDays(calls.DaysAhead)),
            Milliseconds(calls.Lead),
            queue.Inactivity is { } inactivity ? Milliseconds(inactivity.WarnAfter) : null);
    }

    private static DateTimeOffset Moment(long minute) => DateTimeOffset.FromUnixTimeSeconds(minute * 60);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private sealed record Written(long Minute, string Text);
}

/// <param name="Minute">The first that the hours are told of, in Unix time / 60; it and the next are the first of the JSON, where scripts find them without reading all of it.</param>
/// <param name="Minutes">How many they are.</param>
/// <param name="Dials">Whether the site has a provider that dials.</param>
/// <param name="CallBegun">How long a call belongs to who was told to make it.</param>
/// <param name="WatchLease">How long a node that looked at the site is told of changes.</param>
/// <param name="Prefers">Whether any queue's contacts wait for the agent whom their customer had last.</param>
/// <param name="Removed">For a queue that is no longer configured.</param>
/// <param name="Closed">The queues that are closed in some of the minutes.</param>
internal sealed record RedisRoutingRules(
    long Minute,
    int Minutes,
    long Lease,
    [property: JsonPropertyName("customer_lease")] long CustomerLease,
    [property: JsonPropertyName("customer_grace")] long CustomerGrace,
    [property: JsonPropertyName("passed_over")] long PassedOver,
    long Memory,
    bool Dials,
    [property: JsonPropertyName("call_begun")] long CallBegun,
    [property: JsonPropertyName("chats_during_calls")] bool ChatsDuringCalls,
    [property: JsonPropertyName("callbacks_per_customer")] int CallbacksPerCustomer,
    [property: JsonPropertyName("missed_offers")] int MissedOffers,
    [property: JsonPropertyName("last_agent")] long LastAgent,
    [property: JsonPropertyName("watch_lease")] long WatchLease,
    bool Prefers,
    IReadOnlyDictionary<string, RedisQueueRules> Queues,
    RedisQueueRules Removed,
    IReadOnlyDictionary<string, RedisClosedQueue> Closed);

/// <summary>Times in milliseconds.</summary>
/// <param name="Longest">Contacts in line beyond which no more come.</param>
/// <param name="Answer">How soon a contact is to be taken.</param>
/// <param name="Calls">Whether it takes call-backs.</param>
/// <param name="Ahead">How far ahead customers choose.</param>
/// <param name="Idle">When to look for the first time whether the customer of a chat answers; none when nobody does.</param>
internal sealed record RedisQueueRules(
    string Strategy,
    int Longest,
    long Preferred,
    RedisOverflow? Overflow,
    long Accept,
    long Grace,
    long Answer,
    bool Calls,
    [property: JsonPropertyName("wrap_up")] long WrapUp,
    IReadOnlyList<long> Pauses,
    long Slot,
    [property: JsonPropertyName("calls_per_slot")] int CallsPerSlot,
    long Ahead,
    long Lead,
    long? Idle);

/// <param name="After">In milliseconds.</param>
internal sealed record RedisOverflow(string Queue, long? After, bool Nobody);

/// <param name="Minutes">A digit for each: 1 is open, 0 closed.</param>
/// <param name="Opens">When it opens next as seen from the last of them, in Unix milliseconds; none when it is open there, or never opens.</param>
internal sealed record RedisClosedQueue(string Minutes, long? Opens);
