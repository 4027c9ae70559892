using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Realtime.Connections;
using CoPilot.Realtime.MessagePack;
using CoPilot.Realtime.Transport;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Hubs;

internal static class ChatHubServices
{
    /// <summary>Browsers give a connection up after 12 s of silence, so two pings may be lost.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);

    /// <summary>Three of a client's pings (every 5 s); after that its leases and subscriptions are taken back.</summary>
    private static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan HandshakeWithin = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddChatHub(this IServiceCollection services)
    {
        services.AddConfigured<HubRateOptions>();
        services.AddSingleton<HubRateFilter>();
        services.AddSingleton<HubDepartureFilter>();
        services.AddSingleton<HubErrorFilter>();
        services.AddSingleton<IUserIdProvider, CallerUserIdProvider>();
        services.AddSignalR(hub =>
            {
                hub.KeepAliveInterval = PingEvery;
                hub.ClientTimeoutInterval = SilenceAllowed;
                hub.HandshakeTimeout = HandshakeWithin;
                hub.MaximumReceiveMessageSize = Limits.HubMessageBytes;

                // From the outside in: departures wait for their turn, whatever goes wrong is put into words, floods cost nothing further, and services get a request.
                hub.AddFilter<HubDepartureFilter>();
                hub.AddFilter<HubErrorFilter>();
                hub.AddFilter<HubRateFilter>();
                hub.AddFilter<HubRequestFilter>();
            })
            .AddJsonProtocol(json => json.PayloadSerializerOptions = new(WireJson.Default.Options))
            .AddMessagePack();
        services.AddHubConnections<ChatHub>();
        services.AddSingleton<IChatNotifier, HubChatNotifier>();
        services.AddSingleton<ICallbackWatchers, HubCallbackWatchers>();
        services.AddSingleton<IConversationPush, HubConversationPush>();
        services.AddSingleton<IDrainable, HubDrain>();
        services.AddHostedService<DisabledAgents>();

        // It logs every refused call as an error with a stack; HubErrorFilter logs what is one, once.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None));
        return services;
    }

    public static void MapChatHub(this WebApplication app)
    {
        app.MapDirectHub<ChatHub>(HubPaths.Chat, connection =>
        {
            connection.Transports = HttpTransportType.WebSockets;
            connection.CloseOnAuthenticationExpiration = true;
        });
    }
}
