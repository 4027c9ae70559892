using Microsoft.AspNetCore.Cors.Infrastructure;

namespace CoPilot.ChatServer.Identity;

/// <summary>Lets the pages of the configured sites call the customers' API. No credentials: customers show a token, never a cookie.</summary>
internal static class CustomerCors
{
    public const string Policy = "customers";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(1);

    public static IServiceCollection AddCustomerCors(this IServiceCollection services)
    {
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<OriginPolicy>((options, origins) => options.AddPolicy(Policy, policy => policy
            .SetIsOriginAllowed(origins.BelongsToSome)
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .WithHeaders("authorization", "content-type")
            .WithExposedHeaders("retry-after")
            .SetPreflightMaxAge(PreflightAge)));
        return services;
    }
}
