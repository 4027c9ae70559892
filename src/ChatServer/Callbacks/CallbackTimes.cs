using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>Says at which times a customer can be called. It promises nothing: asking for a call-back decides anew.</summary>
internal sealed class CallbackTimes(ISiteCatalog sites, IContactQueue queues, TimeProvider clock)
{
    /// <summary>Times within opening hours that have room. Refusals: <c>not_found</c> (site), <c>invalid</c> (topic, or one of a queue without call-backs).</summary>
    /// <param name="from">The first time to answer; null for now.</param>
    public async Task<Outcome<CallbackTimesResult>> ListAsync(
        string? siteId, string? topicId, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        if (siteId is null || !sites.TryGet(siteId, out var site))
        {
            return CallbackRefusals.NoSuchSite;
        }

        if (topicId is null || site.FindTopic(topicId) is not { } topic || site.FindQueue(topic.Queue) is not { } queue)
        {
            return RoutingRefusals.UnknownTopic;
        }

        if (!site.TakesCallbacks(queue))
        {
            return RoutingRefusals.NoCallbacks;
        }

        var now = clock.GetUtcNow();
        var states = await queues.GetQueuesAsync(site.Id, cancellationToken);
        var closedUntil = states.FirstOrDefault(state => state.Name == queue.Name)?.Closure?.Until;
        var (begin, end) = (Latest(now, from, closedUntil), now.AddDays(queue.Callbacks!.DaysAhead) + queue.Callbacks.SlotLength);
        var full = new HashSet<DateTimeOffset>();
        if (begin < end)
        {
            var counts = await queues.CountSlotsAsync(site.Id, queue.Name, begin, end, cancellationToken);
            full.UnionWith(counts.Where(slot => slot.Count >= queue.Callbacks.CallsPerSlot).Select(slot => slot.Start));
        }

        // One more than fits says where to go on.
        List<DateTimeOffset> times = [.. Open(queue, begin, end)
            .Where(time => queue.Callbacks.IsTimeToChoose(time, now) && !full.Contains(time))
            .Take(Limits.CallbackTimes + 1)];
        return new CallbackTimesResult(
            queue.Name,
            (int)queue.Callbacks.SlotLength.TotalMinutes,
            [.. times.Take(Limits.CallbackTimes)],
            times.Count > Limits.CallbackTimes ? times[^1] : null);
    }

    private static DateTimeOffset Latest(DateTimeOffset now, DateTimeOffset? from, DateTimeOffset? closedUntil)
    {
        var begin = from > now ? from.Value : now;
        return closedUntil > begin ? closedUntil.Value : begin;
    }

    /// <summary>In order, as they are taken.</summary>
    private static IEnumerable<DateTimeOffset> Open(QueueSettings queue, DateTimeOffset begin, DateTimeOffset end)
    {
        var slot = (long)queue.Callbacks!.SlotLength.TotalMilliseconds;
        foreach (var opening in begin < end ? queue.Hours.Openings(begin, end) : [])
        {
            var first = (opening.From.ToUnixTimeMilliseconds() + slot - 1) / slot * slot;
            for (var time = first; time < opening.To.ToUnixTimeMilliseconds(); time += slot)
            {
                yield return DateTimeOffset.FromUnixTimeMilliseconds(time);
            }
        }
    }
}
