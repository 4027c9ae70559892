using System.Net;

namespace CoPilot.Realtime.Redis;

internal static class RedisAddress
{
    /// <summary>As an operator writes it; a name's own text has its address family in front.</summary>
    public static string Of(EndPoint address) => address is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : address.ToString()!;
}
