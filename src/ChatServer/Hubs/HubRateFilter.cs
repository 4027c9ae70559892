using System.Collections.Frozen;
using System.Globalization;
using System.Threading.RateLimiting;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hubs;

/// <summary>
/// Refuses calls beyond the token buckets of the connection and of the person. A person's bucket outlives their connections until it is full again, so
/// connecting anew gains nothing. What streams has buckets of its own, so that it takes nothing from what people do, and may be more.
/// </summary>
internal sealed class HubRateFilter : IHubFilter, IDisposable
{
    private static readonly TimeSpan RetryWhenUnknown = TimeSpan.FromSeconds(1);

    private static readonly FrozenSet<string> Streams = new[]
    {
        nameof(ICoBrowseHub.PublishFrames), nameof(ICoBrowseHub.PublishPointer), nameof(ICoBrowseHub.AcknowledgeFrames),
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly PartitionedRateLimiter<string> _connections;
    private readonly PartitionedRateLimiter<string> _persons;
    private readonly PartitionedRateLimiter<string> _connectionStreams;
    private readonly PartitionedRateLimiter<string> _personStreams;
    private readonly ILogger<HubRateFilter> _logger;

    public HubRateFilter(IOptions<HubRateOptions> options, ILogger<HubRateFilter> logger)
    {
        _logger = logger;
        _connections = Buckets(options.Value.ConnectionCallsPerSecond, options.Value.ConnectionBurst);
        _persons = Buckets(options.Value.PersonCallsPerSecond, options.Value.PersonBurst);
        _connectionStreams = Buckets(options.Value.ConnectionStreamCallsPerSecond, options.Value.ConnectionStreamBurst);
        _personStreams = Buckets(options.Value.PersonStreamCallsPerSecond, options.Value.PersonStreamBurst);
    }

    public ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var (context, method) = (invocationContext.Context, invocationContext.HubMethodName);
        var isStream = Streams.Contains(method);
        Take(isStream ? _connectionStreams : _connections, context.ConnectionId, method);
        Take(isStream ? _personStreams : _persons, context.UserIdentifier!, method);
        return next(invocationContext);
    }

    public void Dispose()
    {
        _connections.Dispose();
        _persons.Dispose();
        _connectionStreams.Dispose();
        _personStreams.Dispose();
    }

    /// <summary>About tenths of a second, so that a client told to wait waits no longer than it must; slower rates give one token at a time.</summary>
    internal static TokenBucketRateLimiterOptions PerSecond(int calls, int burst)
    {
        var atOnce = Math.Max(1, calls / 10);
        return new TokenBucketRateLimiterOptions
        {
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) * atOnce / calls,
            TokensPerPeriod = atOnce,
            TokenLimit = burst,
            QueueLimit = 0,
        };
    }

    /// <summary>A bucket that was full for long is thrown away, now and then between finding it and taking from it; whoever asks again finds a new one, full as well.</summary>
    internal static RateLimitLease AttemptAcquire(PartitionedRateLimiter<string> buckets, string key)
    {
        try
        {
            return buckets.AttemptAcquire(key);
        }
        catch (ObjectDisposedException)
        {
            return buckets.AttemptAcquire(key);
        }
    }

    private static PartitionedRateLimiter<string> Buckets(int perSecond, int burst)
    {
        var options = PerSecond(perSecond, burst);
        return PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => options));
    }

    private void Take(PartitionedRateLimiter<string> buckets, string key, string method)
    {
        using var lease = AttemptAcquire(buckets, key);
        if (lease.IsAcquired)
        {
            return;
        }

        HubLog.RateLimited(_logger, method);
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : RetryWhenUnknown;
        var milliseconds = Math.Max(1, (long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        throw new HubException($"{ErrorCodes.RateLimited}: Too many calls; retry_after_ms={milliseconds}");
    }
}
