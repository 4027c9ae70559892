using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CoPilot.Realtime.MessagePack;

public static class MessagePackRegistration
{
    /// <summary>Lets clients choose <c>messagepack</c> beside <c>json</c>. Not named as the stock extension is, so that both may be in reach of one application.</summary>
    public static ISignalRServerBuilder AddMessagePack(this ISignalRServerBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHubProtocol, MessagePackHubProtocol>());
        return builder;
    }
}
