using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>This one run of the server.</summary>
public sealed class Node(IOptions<ServerOptions> options)
{
    private const int RandomLength = 6;

    /// <summary>As configured, else from the machine's name with something random, because a machine may run several.</summary>
    public string Name { get; } = options.Value.NodeName
        ?? $"{Environment.MachineName}-{RandomNumberGenerator.GetHexString(RandomLength, lowercase: true)}";
}
