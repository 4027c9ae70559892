namespace CoPilot.ChatServer.Callbacks;

/// <summary>The embedded engine's: there is one node.</summary>
internal sealed class OwnCallbackThrottle(CallbackLimits limits, TimeProvider clock) : ICallbackThrottle
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<Counted, DateTimeOffset> _usedUntil = [];
    private DateTimeOffset _sweptAt;

    private enum Kind
    {
        Customer,
        Number,
        Address,
    }

    public Task<TimeSpan?> TakeAsync(CallbackRequester requester, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(Take(CountedOf(requester)));
        }
    }

    public Task GiveBackAsync(CallbackRequester requester, bool toNumberAlone, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            foreach (var (who, limit) in CountedOf(requester))
            {
                if ((!toNumberAlone || who.Kind == Kind.Number) && _usedUntil.TryGetValue(who, out var until))
                {
                    _usedUntil[who] = until - limit.Interval > now ? until - limit.Interval : now;
                }
            }
        }

        return Task.CompletedTask;
    }

    private (Counted Who, CallbackLimit Limit)[] CountedOf(CallbackRequester requester) =>
    [
        (new Counted(requester.SiteId, Kind.Customer, requester.CustomerId), limits.Customer),
        (new Counted(requester.SiteId, Kind.Number, requester.Number), limits.Number),
        (new Counted(requester.SiteId, Kind.Address, requester.Address), limits.Address),
    ];

    private TimeSpan? Take(ReadOnlySpan<(Counted Who, CallbackLimit Limit)> counted)
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

    private readonly record struct Counted(string SiteId, Kind Kind, string Id);
}
