using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Identity;

internal static class IdentityServices
{
    /// <summary>Authorisation policies, by name.</summary>
    public const string AgentsOnly = "agents";

    /// <summary>What all engines have in common; the engine adds <see cref="IAccountStore"/> and <see cref="SigningKeys"/>.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddConfigured<AuthOptions>();
        services.AddSingleton<TokenService>();
        services.AddSingleton<ShopTokens>();
        services.AddSingleton<CustomerService>();
        services.AddSingleton<PasswordService>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<OriginPolicy>();
        services.AddCustomerCors();

        // Only the core: the rest protects cookies of the framework's own with keys that it would write to the home folder.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = TokenAuthenticationHandler.SchemeName);
        services.AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(AgentsOnly, policy => policy.RequireRole(Roles.Agent, Roles.Supervisor));
        return services;
    }

    public static IServiceCollection AddSqliteAccounts(this IServiceCollection services) =>
        services.AddSingleton<IAccountStore, SqliteAccountStore>();

    public static IServiceCollection AddRedisAccounts(this IServiceCollection services) =>
        services.AddSingleton<IAccountStore, RedisAccountStore>();

    /// <summary>Without one in the configuration, the signing key of the data folder.</summary>
    public static IServiceCollection AddKeptSigningKey(this IServiceCollection services) =>
        services.AddSingleton(provider => SigningKeys.Load(
            provider.GetRequiredService<IOptions<AuthOptions>>().Value, provider.GetRequiredService<DataFolder>()));

    /// <summary>The signing key that all nodes share: the configuration's, or in Development, where there may be none, one kept in Redis.</summary>
    public static IServiceCollection AddSharedSigningKey(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<RedisSigningKey>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisSigningKey>());
        services.AddSingleton(provider => provider.GetRequiredService<RedisSigningKey>().Keys);
        return environment.IsDevelopment()
            ? services
            : services.AddConfigurationCheck(provider => RedisSigningKey.FindFault(provider.GetRequiredService<IConfiguration>()));
    }

    /// <summary>Who calls, and from which page; before everything that asks.</summary>
    public static void UseIdentity(this WebApplication app)
    {
        app.UseCors();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<HubOriginMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<SpentTokenMiddleware>();
    }
}
