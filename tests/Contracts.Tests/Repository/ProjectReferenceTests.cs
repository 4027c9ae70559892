using System.Xml.Linq;
using CoPilot.TestKit;

namespace CoPilot.Contracts.Tests.Repository;

/// <summary>The arrows between projects, as <c>docs/architecture.md</c> draws them.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Realtime"] = [],
        ["CoBrowse"] = ["Contracts", "Realtime"],
        ["AgentConsole"] = ["Contracts"],
        ["ChatServer"] = ["AgentConsole", "CoBrowse", "Contracts", "Realtime"],
        ["Generate"] = ["ChatServer", "Contracts"],
        ["LoadRunner"] = ["Contracts", "HubClient", "Measuring", "Realtime", "TestKit"],
        ["PlainSignalR"] = [],
        ["Microbenchmarks"] = ["ChatServer", "CoBrowse", "Contracts", "Realtime", "RoutingCost", "TestKit"],
        ["Measuring"] = [],
        ["RoutingCost"] = ["ChatServer", "Measuring", "TestKit"],
        ["WaitingLine"] = ["Contracts", "HubClient", "Measuring", "TestKit"],
        ["TestKit"] = [],
        ["HubClient"] = ["Contracts", "Realtime"],
        ["Specifications"] = ["ChatServer", "TestKit"],
        ["EndToEnd"] = ["Contracts", "HubClient", "TestKit"],
        ["AgentConsole.Tests"] = ["AgentConsole", "TestKit"],
        ["ChatServer.Tests"] = ["ChatServer", "Generate", "HubClient", "Specifications", "TestKit"],
        ["CoBrowse.Tests"] = ["CoBrowse", "TestKit"],
        ["Contracts.Tests"] = ["Contracts", "Generate", "HubClient", "TestKit"],
        ["LoadRunner.Tests"] = ["LoadRunner"],
        ["Realtime.Tests"] = ["HubClient", "Realtime", "TestKit"],
    };

    public static TheoryData<string> Projects => [.. Checkout.FilesEndingIn(".csproj")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfEachProject_AreArrowsOfTheArchitecture(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);

        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{path} is in no row of the table: add it here and in docs/architecture.md.");
        Assert.Empty(References(path, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))).Except(allowed!));
    }

    [Fact]
    public void Packages_OfContracts_AreNone() => Assert.Empty(References("src/Contracts/Contracts.csproj", "PackageReference"));

    private static IEnumerable<string> References(string path, string kind) =>
        XDocument.Load(Checkout.File(path)).Descendants(kind)
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference => reference.Attribute("Include")!.Value);
}
