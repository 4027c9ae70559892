using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>Where the server really listens, with ports that the system chose. Empty until it does.</summary>
public sealed class ServerAddresses(IServer server, IOptions<ServerOptions> options)
{
    private IReadOnlyList<string>? _ownOrigins;

    public IReadOnlyList<string> Listening => server.Features.Get<IServerAddressesFeature>()?.Addresses.ToList() ?? [];

    /// <summary>The origins of our own pages: what we listen on, as a browser on this machine names it, and <c>PublicOrigins</c>.</summary>
    public IReadOnlyList<string> OwnOrigins
    {
        get
        {
            if (_ownOrigins is null && Listening is { Count: > 0 } listening)
            {
                _ownOrigins = [.. options.Value.PublicOriginList.Select(Origins.Normalize).Concat(listening.SelectMany(Names)).Distinct()];
            }

            return _ownOrigins ?? [];
        }
    }

    /// <summary>The address to show to people and to write into pages.</summary>
    public string Primary => options.Value.PublicOriginList.Select(Origins.Normalize).Concat(Listening.SelectMany(Names)).First();

    /// <summary>A listener on the loopback or on every interface is also reached by the loopback's other name.</summary>
    private static IEnumerable<string> Names(string address)
    {
        var binding = BindingAddress.Parse(address);
        var hosts = binding.Host switch
        {
            "*" or "+" or "0.0.0.0" or "[::]" or "127.0.0.1" => ["127.0.0.1", "localhost"],
            "localhost" => ["localhost", "127.0.0.1"],
            var host => new[] { host },
        };
        return hosts.Select(host => Origins.Normalize($"{binding.Scheme}://{host}:{binding.Port}"));
    }
}
