using System.Collections.Concurrent;
using CoPilot.ChatServer.Conversations;
using CoPilot.Realtime;

namespace CoPilot.ChatServer.Routing;

/// <summary>
/// Applies a site's effects: in order, at least once, and none is skipped. Thread-safe. The pump drains as the safety net; a call whose
/// answer promises an effect drains before it answers. One drains at a time per site on this node; other nodes may drain too, since
/// every effect is idempotent or a hint.
/// </summary>
public sealed class RoutingOutbox(IContactQueue queue, IConversationStore conversations, RoutingNotices notices, RoutingMetrics metrics)
{
    /// <summary>Effects applied together. Conversations of one batch are changed side by side, so they share the store's commits.</summary>
    private const int BatchSize = 256;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>When it returns, every effect that was in the outbox before the call has been applied.</summary>
    /// <exception cref="StoreUnavailableException">And whatever else applying threw; what was not applied stays.</exception>
    public async Task DrainAsync(string siteId, CancellationToken cancellationToken = default)
    {
        var gate = _gates.GetOrAdd(siteId, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            while (await ApplyBatchAsync(siteId, cancellationToken) == BatchSize)
            {
                // More may wait.
            }

            metrics.OutboxDrained(siteId);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<int> ApplyBatchAsync(string siteId, CancellationToken cancellationToken)
    {
        var effects = await queue.ReadEffectsAsync(siteId, BatchSize, cancellationToken);
        if (effects.Count == 0)
        {
            return 0;
        }

        metrics.OutboxWaits(siteId);
        var failures = await Task.WhenAll(
            effects.GroupBy(ConversationOf).Where(group => group.Key is not null).Select(group => ApplyInOrderAsync(group, cancellationToken)));
        var firstFailure = failures.OfType<FailedEffect>().MinBy(failure => failure.EffectId);

        // What comes after a failed effect may be applied but is not completed: it is applied again with it, which changes nothing.
        long? completed = null;
        foreach (var effect in effects.TakeWhile(effect => firstFailure is null || effect.EffectId < firstFailure.EffectId))
        {
            await notices.TellAsync(effect, cancellationToken);
            metrics.Applied(effect);
            completed = effect.EffectId;
        }

        if (completed is { } upTo)
        {
            await queue.CompleteEffectsAsync(siteId, upTo, cancellationToken);
        }

        firstFailure?.Rethrow();
        return effects.Count;
    }

    private async Task<FailedEffect?> ApplyInOrderAsync(IEnumerable<RoutingEffect> effects, CancellationToken cancellationToken)
    {
        foreach (var effect in effects)
        {
            try
            {
                await (effect switch
                {
                    ConversationOpened opened => conversations.CreateAsync(opened.Conversation, cancellationToken),
                    ConversationChanged changed => conversations.ApplyAsync(changed.Change, cancellationToken),
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

    private static string? ConversationOf(RoutingEffect effect) => effect switch
    {
        ConversationOpened opened => opened.Conversation.ConversationId,
        ConversationChanged changed => changed.Change.ConversationId,
        _ => null,
    };

    private sealed record FailedEffect(long EffectId, Exception Error)
    {
        public void Rethrow() => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Error);
    }
}
