using System.Reflection;
using System.Text.RegularExpressions;
using CoPilot.ChatServer.Sqlite;
using CoPilot.CoBrowse.Sessions;

namespace CoPilot.ChatServer.Tests.Sqlite;

/// <summary>Steps of the schema are taken in the order of their names, and known by them in every database that took them.</summary>
public sealed partial class SchemaStepNameTests
{
    /// <summary>In databases that are in use.</summary>
    private static readonly string[] Taken =
        ["2026-11-21_00_Conversations.sql", "2026-11-21_01_Routing.sql", "2026-11-21_02_Accounts.sql", "2026-11-22_00_Sessions.sql", "2026-11-22_01_SiteNumbers.sql"];

    private static readonly Assembly[] Owners = [typeof(ChatDatabase).Assembly, typeof(SqliteSessionStore).Assembly];

    [Fact]
    public void Names_EachHaveADateAndANumberOfTheirOwn() => Assert.All(Owners, owner =>
    {
        var names = NamesOf(owner);
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Matches(Name(), name));
        Assert.Equal(names.Count, names.Select(name => name[.."2026-11-21_00".Length]).Distinct().Count());
    });

    [Fact]
    public void Names_ThatDatabasesHave_Stay() => Assert.Empty(Taken.Except(Owners.SelectMany(NamesOf)));

    private static List<string> NamesOf(Assembly owner) =>
        [.. owner.GetManifestResourceNames().Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal)).Select(name => name["Migrations/".Length..])];

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}_\d{2}_[A-Z][A-Za-z]+\.sql$")]
    private static partial Regex Name();
}
