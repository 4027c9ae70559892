using System.Net;
using System.Net.Sockets;

namespace CoPilot.Realtime.Connections;

/// <summary>What limits per address count by.</summary>
public static class ClientNetwork
{
    /// <summary>Who has one IPv6 address has the 2^64 beside it too.</summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
