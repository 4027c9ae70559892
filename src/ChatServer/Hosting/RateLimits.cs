using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using CoPilot.Contracts;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.Outcomes;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>How often one network address may call what needs no token.</summary>
[ConfigurationSection("RateLimits")]
public sealed class RateLimitOptions
{
    /// <summary>Attempts of agents to sign in, per minute and address.</summary>
    /// <value>1 to 100,000. The default is 20.</value>
    [Range(1, 100_000)]
    public int SignInsPerMinute { get; set; } = 20;

    /// <summary>Customers' tokens, per minute and address. Offices and mobile networks share one address among many people.</summary>
    /// <value>1 to 10,000,000. The default is 600.</value>
    [Range(1, 10_000_000)]
    public int CustomersPerMinute { get; set; } = 600;

    /// <summary>Questions for the open channels and for times to be called at, per minute and address.</summary>
    /// <value>1 to 10,000,000. The default is 1,200.</value>
    [Range(1, 10_000_000)]
    public int ContactOptionsPerMinute { get; set; } = 1_200;

    /// <summary>Call statuses of telephony providers, per minute and address. A call has three, and a provider few addresses.</summary>
    /// <value>1 to 10,000,000. The default is 3,000.</value>
    [Range(1, 10_000_000)]
    public int CallStatusesPerMinute { get; set; } = 3_000;
}

/// <summary>Token buckets per network address, before anything is looked up or hashed.</summary>
internal static class RateLimits
{
    public const string SignIns = "sign-ins";
    public const string Customers = "customers";
    public const string ContactOptions = "contact-options";
    public const string CallStatuses = "call-statuses";

    /// <summary>Buckets fill about so often, so that a client which waits gets on soon; those of fewer a minute, once for each.</summary>
    private const int PeriodsPerMinute = 10;

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddConfigured<RateLimitOptions>();
        services.AddRateLimiter(limiter => limiter.OnRejected = WriteRejectionAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, limits) =>
        {
            limiter.AddPolicy(SignIns, context => Bucket(context, limits.Value.SignInsPerMinute));
            limiter.AddPolicy(Customers, context => Bucket(context, limits.Value.CustomersPerMinute));
            limiter.AddPolicy(ContactOptions, context => Bucket(context, limits.Value.ContactOptionsPerMinute));
            limiter.AddPolicy(CallStatuses, context => Bucket(context, limits.Value.CallStatusesPerMinute));
        });
        return services;
    }

    internal static TokenBucketRateLimiterOptions PerMinute(int calls)
    {
        var atOnce = Math.Max(1, calls / PeriodsPerMinute);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = calls,
            TokensPerPeriod = atOnce,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * atOnce / calls,
        };
    }

    private static RateLimitPartition<IPAddress> Bucket(HttpContext context, int perMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(ClientNetwork.Of(context.Connection.RemoteIpAddress), _ => PerMinute(perMinute));

    private static async ValueTask WriteRejectionAsync(OnRejectedContext rejection, CancellationToken cancellationToken)
    {
        var wait = rejection.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
        rejection.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var milliseconds = ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        await Problems.WriteAsync(rejection.HttpContext, new Refusal(ErrorCodes.RateLimited, $"Too many requests. retry_after_ms={milliseconds}"));
    }
}
