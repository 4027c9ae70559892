using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.Backplane;

/// <summary>A second hub protocol, without a second format.</summary>
internal sealed class RenamedJson(string name) : IHubProtocol
{
    private readonly JsonHubProtocol _json = new();

    public string Name => name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
        _json.TryParseMessage(ref input, binder, out message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);
}

internal sealed class TestProtocols(params IHubProtocol[] protocols) : IHubProtocolResolver
{
    public IReadOnlyList<IHubProtocol> AllProtocols => protocols;

    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        protocols.FirstOrDefault(protocol => protocol.Name == protocolName);
}
