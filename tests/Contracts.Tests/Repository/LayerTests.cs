using System.Text.RegularExpressions;
using CoPilot.TestKit;

namespace CoPilot.Contracts.Tests.Repository;

/// <summary>What a layer must not know, read from its source: cheaper to keep than a pile of projects.</summary>
public sealed partial class LayerTests
{
    [Fact]
    public void Hubs_HoldNoStorage() =>
        Assert.All(SourcesIn("src/ChatServer/Hubs/").Concat(SourcesIn("src/CoBrowse/Hubs/")), path => Assert.DoesNotMatch(Storage(), Read(path)));

    [Fact]
    public void Services_KnowNothingOfSignalROrStorage() =>
        Assert.All(SourcesIn("src/ChatServer/").Concat(SourcesIn("src/CoBrowse/")).Where(path => path.EndsWith("Service.cs", StringComparison.Ordinal)), path =>
        {
            Assert.DoesNotMatch(SignalR(), Read(path));
            Assert.DoesNotMatch(Storage(), Read(path));
        });

    [Fact]
    public void Realtime_SaysNoWordOfChat() =>
        Assert.All(SourcesIn("src/Realtime/"), path => Assert.DoesNotMatch(WordsOfChat(), Read(path)));

    private static string Read(string path) => File.ReadAllText(Checkout.File(path));

    private static IEnumerable<string> SourcesIn(string folder) =>
        Checkout.FilesEndingIn(".cs").Where(path => path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The namespace <c>Sqlite</c> alone is allowed: it has the exception for a store out of reach.</summary>
    [GeneratedRegex(@"\bSqlite\w+|Microsoft\.Data|\bSELECT\b|\bINSERT\b|\bRedis")]
    private static partial Regex Storage();

    [GeneratedRegex(@"Microsoft\.AspNetCore\.SignalR|\bIHubContext\b|\bHubException\b|\bHubCallerContext\b")]
    private static partial Regex SignalR();

    [GeneratedRegex(@"\b(conversation|customer|agent|chat)s?\b", RegexOptions.IgnoreCase)]
    private static partial Regex WordsOfChat();
}
