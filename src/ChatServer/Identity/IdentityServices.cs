using CoPilot.ChatServer.Hosting;
using CoPilot.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Identity;

internal static class IdentityServices
{
    /// <summary>Authorisation policies, by name.</summary>
    public const string AgentsOnly = "agents";

    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddConfigured<AuthOptions>();
        services.AddSingleton(provider => SigningKeys.Load(
            provider.GetRequiredService<IOptions<AuthOptions>>().Value, provider.GetRequiredService<DataFolder>()));
        services.AddSingleton<TokenService>();
        services.AddSingleton<ShopTokens>();
        services.AddSingleton<CustomerService>();
        services.AddAccounts();
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

    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<PasswordService>().AddSingleton<IAccountStore, SqliteAccountStore>();

    /// <summary>Who calls, and from which page; before everything that asks.</summary>
    public static void UseIdentity(this WebApplication app)
    {
        app.UseCors();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<HubOriginMiddleware>();
        app.UseAuthorization();
    }
}
