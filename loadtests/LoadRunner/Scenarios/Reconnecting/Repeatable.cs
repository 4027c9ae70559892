using System.Net.Sockets;
using CoPilot.Contracts;
using CoPilot.HubClient;

namespace CoPilot.LoadRunner.Scenarios.Reconnecting;

/// <summary>What a client answers by trying again with the same id: whether the call was carried out is not known, or it was not.</summary>
internal static class Repeatable
{
    public static bool IsOfConnection(Exception error) => error is IOException or SocketException or TimeoutException;

    public static bool IsOfServer(Exception error) => error is HubRefusalException { Code: ErrorCodes.Unavailable or ErrorCodes.RateLimited };
}
