using System.Text.Json;
using CoPilot.Contracts;
using CoPilot.Realtime.MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace CoPilot.HubClient;

/// <summary>The hub protocols that the server speaks, by their names on the wire.</summary>
public static class HubProtocols
{
    public static IHubProtocol Json { get; } = new JsonHubProtocol(Options.Create(
        new JsonHubProtocolOptions { PayloadSerializerOptions = new JsonSerializerOptions(WireJson.Default.Options) }));

    public static IHubProtocol MessagePack { get; } = new MessagePackHubProtocol();

    public static IReadOnlyList<IHubProtocol> All { get; } = [Json, MessagePack];

    public static IHubProtocol Named(string name) => All.Single(protocol => protocol.Name == name);
}
