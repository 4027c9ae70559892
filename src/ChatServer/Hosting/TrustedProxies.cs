using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>Makes a request that came through a trusted proxy look as the proxy saw it: its address for the limits, its scheme for cookies.</summary>
internal static class TrustedProxies
{
    public static IServiceCollection AddTrustedProxies(this IServiceCollection services)
    {
        services.AddConfigured<ProxyOptions>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxy) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // As far back as the chain is trusted: the first address that is not a proxy's is the caller.
            headers.ForwardLimit = null;

            // The framework trusts the loopback unless told otherwise.
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var network in proxy.Value.TrustedNetworkList)
            {
                headers.KnownIPNetworks.Add(network);
            }
        });
        return services;
    }

    /// <summary>Before everything that looks at the caller's address.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.TrustedNetworkList.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }
}
