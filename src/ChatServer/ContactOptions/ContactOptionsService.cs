using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.ContactOptions;

/// <summary>Says what a customer can do about a topic now. It promises nothing: asking for a contact decides anew.</summary>
public sealed class ContactOptionsService(ISiteCatalog sites, IContactQueue queues, TimeProvider clock)
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
        var waiting = states.FirstOrDefault(state => state.Name == queue.Name)?.Waiting ?? 0;
        var now = clock.GetUtcNow();
        var available = queue.Hours.IsOpenAt(now) && waiting < queue.MaximumLength;
        var chat = new ChannelOption(Channels.Chat, available, waiting, queue.Hours.NextOpening(now));
        return new ContactOptionsResult(queue.Name, site.TakesCallbacks(queue) ? [chat, chat with { Channel = Channels.Callback }] : [chat]);
    }
}
