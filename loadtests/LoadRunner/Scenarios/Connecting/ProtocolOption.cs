using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Wire;

namespace CoPilot.LoadRunner.Scenarios.Connecting;

/// <summary><c>--protocol</c>: customers speak JSON, which is what their page has; agents speak MessagePack.</summary>
internal static class ProtocolOption
{
    public static HubDialect Read(ScenarioOptions options) => options.Text("protocol", "json") switch
    {
        ("json" or "messagepack") and var name => HubDialect.Named(name),
        var other => throw new UsageException($"--protocol is json or messagepack, not \"{other}\"."),
    };
}
