using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.ContactOptions;

/// <summary>Says what a customer can do about a topic now. It promises nothing: asking for a contact decides anew.</summary>
public sealed class ContactOptionsService(ISiteCatalog sites, IContactQueue queues, WaitEstimates waits, TimeProvider clock)
{
    /// <summary>Refusals: <c>not_found</c> (site), <c>invalid</c> (topic).</summary>
    public async Task<Outcome<ContactOptionsResult>> DescribeAsync(string? siteId, string? topicId, CancellationToken cancellationToken)
    {
        if (siteId is null || !sites.TryGet(siteId, out var site))
        {
            return new Refusal(ErrorCodes.NotFound, "There is no such site.");
        }

        if (topicId is null || site.FindTopic(topicId) is not { } topic || site.FindQueue(topic.Queue) is not { } queue)
        {
            return new Refusal(ErrorCodes.Invalid, "The site has no such topic.");
        }

        var states = await queues.GetQueuesAsync(site.Id, cancellationToken);
        var state = states.FirstOrDefault(state => state.Name == queue.Name);
        var waiting = state?.Waiting ?? 0;
        var now = clock.GetUtcNow();
        var available = state?.Closure is null && queue.Hours.IsOpenAt(now) && waiting < queue.MaximumLength;
        var estimates = available ? await waits.ReadSharedAsync(site, cancellationToken) : null;
        var channels = new List<ChannelOption> { Describe(Channels.Chat, ContactKinds.Chat) };
        if (site.TakesCallbacks(queue))
        {
            channels.Add(Describe(Channels.Callback, ContactKinds.Callback) with { Callback = RulesOf(site, queue) });
        }

        return new ContactOptionsResult(queue.Name, channels);

        ChannelOption Describe(string channel, string kind) => new(
            channel,
            available,
            waiting,
            state?.Closure is { } closure ? closure.OpensAt : queue.Hours.NextOpening(now),
            estimates?.OfNewcomer(queue.Name, kind),
            ClosedForNow: state?.Closure is null ? null : true);
    }

    private static CallbackRules RulesOf(Site site, QueueSettings queue) => new(
        site.Callbacks.Phones.Prefixes,
        site.Callbacks.Phones.BlockedPrefixes,
        site.Callbacks.DefaultRegion,
        queue.Hours == OpeningHours.Always ? null : queue.Hours.Zone);
}
