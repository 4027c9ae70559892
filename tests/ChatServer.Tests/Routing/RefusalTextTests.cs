using System.Reflection;
using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Realtime.Outcomes;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Routing;

/// <summary>One code stands for much that is in the way: the text says what it is.</summary>
public sealed class RefusalTextTests
{
    private static readonly IReadOnlyList<Refusal> Conflicts =
    [
        .. typeof(RoutingRefusals).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<Refusal>().Where(refusal => refusal.Code == ErrorCodes.Conflict),
    ];

    [Fact]
    public void Conflicts_SayWhichTheyAre()
    {
        Assert.NotEmpty(Conflicts);
        Assert.Equal(Conflicts.Count, Conflicts.Select(refusal => refusal.Text).Distinct().Count());
    }

    [Fact]
    public void Conflicts_AreInTheProtocol()
    {
        var protocol = File.ReadAllText(Checkout.File("docs/protocol.md"));

        Assert.All(Conflicts, refusal => Assert.Contains($"| {refusal.Text} |", protocol, StringComparison.Ordinal));
    }
}
