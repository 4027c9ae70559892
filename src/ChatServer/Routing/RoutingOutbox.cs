using System.Collections.Concurrent;
using CoPilot.ChatServer.Conversations;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Applies a site's effects: in order, at least once, and none is skipped. Thread-safe. The pump drains as the safety net; a call whose
/// answer promises an effect drains before it answers. One drains at a time per site on this node, for all who asked before it began.
/// <para><b>Several nodes</b> may drain a site at once: what changes conversations is idempotent and bears a fence, and of notices only the node that removes an
/// effect from the outbox tells, in the outbox's order. A node that stalls between removing and telling may tell of an older step after another node told of a newer
/// one: a person's view is then behind until the next notice or until their client asks, as after any lost hint; what they may do is decided by the stores.</para>
/// </summary>
public sealed class RoutingOutbox(
    IContactQueue queue,
    IConversationStore conversations,
    RoutingNotices notices,
    InactivityWatch inactivity,
    RoutingMetrics metrics,
    ILogger<RoutingOutbox> logger)
{
    /// <summary>Effects applied together. Conversations of one batch are changed side by side, so they share the store's commits.</summary>
    private const int BatchSize = 256;

    private readonly ConcurrentDictionary<string, SharedRuns> _drains = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _oldestSeen = new(StringComparer.Ordinal);

    /// <summary>When it returns, every effect that was in the outbox before the call has been applied.</summary>
    /// <exception cref="StoreUnavailableException">And whatever else applying threw; what was not applied stays.</exception>
    public Task DrainAsync(string siteId, CancellationToken cancellationToken = default) =>
        _drains.GetOrAdd(siteId, id => new SharedRuns(() => DrainAllAsync(id))).JoinAsync(cancellationToken);

    /// <summary>
    /// Drains when the oldest effect was the oldest at the last look already. A younger one is in the hands of the node that made it, and applying it here
    /// too would be the same work twice.
    /// </summary>
    public async Task DrainLeftAsync(string siteId, CancellationToken cancellationToken = default)
    {
        if (await queue.ReadEffectsAsync(siteId, 1, cancellationToken) is not [var oldest, ..])
        {
            _oldestSeen.TryRemove(siteId, out _);
            return;
        }

        if (_oldestSeen.TryGetValue(siteId, out var seen) && seen == oldest.EffectId)
        {
            await DrainAsync(siteId, cancellationToken);
        }

        _oldestSeen[siteId] = oldest.EffectId;
    }

    private async Task DrainAllAsync(string siteId)
    {
        while (await ApplyBatchAsync(siteId) == BatchSize)
        {
            // More may wait.
        }

        metrics.OutboxDrained(siteId);
    }

    /// <summary>Not to be cancelled: it is others' as well.</summary>
    private async Task<int> ApplyBatchAsync(string siteId)
    {
        var effects = await queue.ReadEffectsAsync(siteId, BatchSize);
        if (effects.Count == 0)
        {
            return 0;
        }

        metrics.OutboxWaits(siteId);
        var failures = await Task.WhenAll(
            effects.GroupBy(ConversationOf).Where(group => group.Key is not null).Select(ApplyInOrderAsync));
        var firstFailure = failures.OfType<FailedEffect>().MinBy(failure => failure.EffectId);

        // What comes after a failed effect may be applied but is not completed: it is applied again with it, which changes nothing.
        await CompleteAsync(siteId, [.. effects.TakeWhile(effect => firstFailure is null || effect.EffectId < firstFailure.EffectId)]);
        firstFailure?.Rethrow();
        return effects.Count;
    }

    private async Task CompleteAsync(string siteId, List<RoutingEffect> applied)
    {
        if (applied.Count == 0)
        {
            return;
        }

        // Prepared before: nothing that could fail stands between removing an effect and telling of it.
        var tellings = await notices.PrepareAsync(siteId, applied, CancellationToken.None);

        // Effects are removed from the oldest on, so those that another node removed are the first ones here.
        var removed = await queue.CompleteEffectsAsync(siteId, applied[^1].EffectId);
        for (var i = Math.Max(0, applied.Count - removed); i < applied.Count; i++)
        {
            tellings[i]();
            metrics.Applied(applied[i]);
        }
    }

    private async Task<FailedEffect?> ApplyInOrderAsync(IEnumerable<RoutingEffect> effects)
    {
        foreach (var effect in effects)
        {
            try
            {
                await (effect switch
                {
                    ConversationOpened opened => conversations.CreateAsync(opened.Conversation),
                    ConversationChanged changed => ApplyAsync(changed),
                    InactivityDue due => LookAsync(due),
                    _ => Task.CompletedTask,
                });
            }
#pragma warning disable CA1031 // Not swallowed: thrown again once the effects before it are completed.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return new FailedEffect(effect.EffectId, error);
            }
        }

        return null;
    }

    /// <summary>
    /// Where routing outlived a log, the conversation begins anew with an epoch of its own: its people are told by that and say again what they have. Without
    /// it this effect would fail for ever, and the whole site's outbox behind it.
    /// </summary>
    private async Task ApplyAsync(ConversationChanged changed)
    {
        try
        {
            await conversations.ApplyAsync(changed.Change);
        }
        catch (ConversationLostException lost)
        {
            RoutingLog.ConversationLost(logger, changed.Change.ConversationId, lost);
            if (await queue.FindContactAsync(changed.SiteId, changed.Change.ContactId) is { } contact)
            {
                await conversations.CreateAsync(contact.ToConversation());
                await conversations.ApplyAsync(changed.Change);
            }
        }
    }

    /// <summary>A log that is lost and not made anew yet has nothing to say; it is looked at again.</summary>
    private async Task LookAsync(InactivityDue due)
    {
        try
        {
            await inactivity.LookAsync(due, CancellationToken.None);
        }
        catch (ConversationLostException lost)
        {
            RoutingLog.ConversationLost(logger, due.Contact.ConversationId, lost);
            await conversations.CreateAsync(due.Contact.ToConversation());
            await inactivity.LookAsync(due, CancellationToken.None);
        }
    }

    private static string? ConversationOf(RoutingEffect effect) => effect switch
    {
        ConversationOpened opened => opened.Conversation.ConversationId,
        ConversationChanged changed => changed.Change.ConversationId,
        InactivityDue due => due.Contact.ConversationId,
        _ => null,
    };

    private sealed record FailedEffect(long EffectId, Exception Error)
    {
        public void Rethrow() => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Error);
    }
}
