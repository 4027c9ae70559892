namespace CoPilot.CoBrowse.Throttling;

/// <summary>The embedded engine's: there is one node.</summary>
internal sealed class OwnRedeemThrottle(RedeemLimits limits, TimeProvider clock) : IRedeemThrottle
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _usedUntil = new(StringComparer.Ordinal);
    private DateTimeOffset _sweptAt;

    public Task<TimeSpan?> TakeAsync(string connectionId, string address, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(Take(
                [("connection:" + connectionId, limits.Connection), ("address:" + address, limits.Address), ("everybody", limits.Everybody)]));
        }
    }

    private TimeSpan? Take(ReadOnlySpan<(string Who, RedeemLimit Limit)> counted)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var wait = TimeSpan.Zero;
        foreach (var (who, limit) in counted)
        {
            var ahead = _usedUntil.GetValueOrDefault(who, now) - limit.Burst - now;
            wait = ahead > wait ? ahead : wait;
        }

        if (wait > TimeSpan.Zero)
        {
            return wait;
        }

        foreach (var (who, limit) in counted)
        {
            var from = _usedUntil.GetValueOrDefault(who, now);
            _usedUntil[who] = (from > now ? from : now) + limit.Interval;
        }

        return null;
    }

    private void Sweep(DateTimeOffset now)
    {
        if (now - _sweptAt < SweepEvery)
        {
            return;
        }

        _sweptAt = now;
        foreach (var (who, until) in _usedUntil)
        {
            if (until <= now)
            {
                _usedUntil.Remove(who);
            }
        }
    }
}
