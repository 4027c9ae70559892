using CoPilot.Realtime;

namespace CoPilot.ChatServer.Conversations;

/// <summary>
/// Makes good, one conversation at a time, what <see cref="RedisLogFollowers"/> finds missing while the bus as a whole is sound. What Redis does not answer stays
/// due.
/// </summary>
internal sealed class RedisConversationRepair(
    RedisLogFollowers followers, RedisConversationRecovery recovery, ConversationMetrics metrics, TimeProvider clock, ILogger<RedisConversationRepair> logger)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RepairAsync(followers.TakeDue(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application ends.
        }
    }

    private async Task RepairAsync(IReadOnlyList<string> due, CancellationToken stopping)
    {
        for (var i = 0; i < due.Count; i++)
        {
            try
            {
                await recovery.RecoverAsync(due[i], stopping);
                metrics.Repaired();
            }
            catch (StoreUnavailableException)
            {
                // The others would wait as long for nothing.
                Postpone(due, i);
                return;
            }
#pragma warning disable CA1031 // A conversation that cannot be read must not keep the others from being repaired.
            catch (Exception error) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                RedisConversationLog.RepairFailed(logger, due[i], error);
            }
        }
    }

    private void Postpone(IReadOnlyList<string> due, int from)
    {
        for (var i = from; i < due.Count; i++)
        {
            followers.Doubt(due[i]);
        }
    }
}
