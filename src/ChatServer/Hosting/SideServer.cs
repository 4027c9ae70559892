using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The start of a small web server beside the main one.</summary>
internal static class SideServer
{
    /// <param name="name">For the operator.</param>
    /// <param name="setting">Where the address was configured.</param>
    /// <returns>Its origin, with the port that the system may have chosen.</returns>
    /// <exception cref="StartupException">Nothing can listen there.</exception>
    public static async Task<string> ListenAsync(this WebApplication app, string name, string setting, string url, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception refused) when (refused is SocketException or IOException { InnerException: AddressInUseException })
        {
            throw new StartupException(
                $"{name} cannot listen on {url}: {refused.Message.TrimEnd('.')}. Choose another address: --{setting}=http://localhost:PORT", refused);
        }

        var bound = BindingAddress.Parse(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return Origins.Normalize($"{bound.Scheme}://{new Uri(url).Host}:{bound.Port}");
    }
}
