using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Transport;

public static class DirectHubs
{
    /// <summary>
    /// <c>MapHub</c>, with a shorter way for clients that connect without negotiation: the hub reads from the WebSocket and writes to it, without the two pipes,
    /// and the threads that hand over, between them. Authorisation, options, limits and everything about negotiation are <c>MapHub</c>'s.
    /// Call <see cref="AddDirectHubs"/> before.
    /// </summary>
    public static HubEndpointConventionBuilder MapDirectHub<[DynamicallyAccessedMembers(Hub)] THub>(
        this IEndpointRouteBuilder app, string path, Action<HttpConnectionDispatcherOptions>? configure = null)
        where THub : Hub
    {
        var options = new HttpConnectionDispatcherOptions();
        var hub = app.MapHub<THub>(path, mapped =>
        {
            configure?.Invoke(mapped);
            options = mapped;
        });
        hub.Add(endpoint =>
        {
            // Negotiation is an endpoint beside it, and SignalR's alone.
            if (endpoint.RequestDelegate is not { } signalR || endpoint.Metadata.OfType<NegotiateMetadata>().Any())
            {
                return;
            }

            var services = app.ServiceProvider;
            var direct = new DirectEndpoint(
                services.GetRequiredService<HubConnectionHandler<THub>>(),
                options,
                signalR,
                services.GetRequiredService<DirectConnections>(),
                TimeProvider.System,
                services.GetRequiredService<ILogger<DirectEndpoint>>());
            endpoint.RequestDelegate = app.CreateApplicationBuilder().UseWebSockets().Use(_ => direct.InvokeAsync).Build();
        });
        return hub;
    }

    public static IServiceCollection AddDirectHubs(this IServiceCollection services)
    {
        // The network by the system's clock, as SignalR's own connections; the end of a token by the one that it was given by.
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new DirectConnections(
            TimeProvider.System, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DirectConnections>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DirectConnections>(
            provider => provider.GetRequiredService<DirectConnections>()));
        return services;
    }

    private const DynamicallyAccessedMemberTypes Hub = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicMethods;
}
