using CoPilot.ChatServer.CoPilot;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.CoBrowse.Sessions;
using CoPilot.Realtime.Sqlite;
using CoPilot.Specifications.CoBrowse;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.CoPilot;

public sealed class SessionsCommandTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await AddAsync("s1", flagged: false);
        await AddAsync("s2", flagged: false);
        await AddAsync("s3", flagged: true);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Audit_OfASession_ShowsEveryEntryAndThatTheyAreWhole()
    {
        var (exit, output, errors) = await RunAsync("audit", "s1");

        Assert.Equal((AgentsCommand.Succeeded, ""), (exit, errors));
        Assert.Contains("agent anna  issued", output, StringComparison.Ordinal);
        Assert.Contains("whole", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_WithAnEntryTakenOut_Fails()
    {
        await TamperAsync("DELETE FROM audit WHERE session_id = 's1'");

        var (exit, _, errors) = await RunAsync("audit", "s1");

        Assert.Equal(AgentsCommand.Failed, exit);
        Assert.Contains("from entry 1 on", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--site=shop")]
    [InlineData("--site", "shop")]
    public async Task List_WithSessionsTakenOut_NamesThemAndTheFlaggedOnes(params string[] site)
    {
        var (exit, output, errors) = await RunAsync(["list", .. site]);
        Assert.Equal((AgentsCommand.Succeeded, ""), (exit, errors));
        Assert.Contains("FLAGGED", Assert.Single(output.Split('\n'), line => line.Contains("s3", StringComparison.Ordinal)), StringComparison.Ordinal);

        await TamperAsync("DELETE FROM sessions WHERE session_id IN ('s1', 's3')");
        (exit, output, errors) = await RunAsync("list");
        Assert.Equal(AgentsCommand.Failed, exit);
        Assert.Contains("shop 1  MISSING", output, StringComparison.Ordinal);
        Assert.Contains("shop 3  MISSING", output, StringComparison.Ordinal);
        Assert.Contains("2", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no session", AgentsCommand.Failed, "audit", "s9")]
    [InlineData("There is no site", AgentsCommand.Failed, "list", "--site=elsewhere")]
    [InlineData("There is no site", AgentsCommand.Failed, "--site", "elsewhere", "audit", "s1")]
    [InlineData("Usage:", AgentsCommand.Misused, "audit")]
    [InlineData("Usage:", AgentsCommand.Misused, "list", "--all")]
    public async Task Command_ThatCannotBeDone_SaysWhy(string reason, int expected, params string[] arguments)
    {
        var (exit, _, errors) = await RunAsync(arguments);

        Assert.Equal(expected, exit);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    private async Task AddAsync(string id, bool flagged)
    {
        var store = _server.Services.GetRequiredService<ISessionStore>();
        Assert.Equal(AddedSession.Added, await store.IssueAsync(RunningServer.Site, id, change: session => session with { IsFlagged = flagged }));
    }

    private async Task TamperAsync(string statement)
    {
        using var log = new LogWatcher();
        var file = _server.Services.GetRequiredService<DataFolder>().CoBrowseFile;
        await using var database = SqliteDatabase.Open(file, typeof(SqliteSessionStore).Assembly, log.For<SqliteDatabase>());
        await database.WriteAsync(session => session.Execute(statement)).Within();
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] settings =
        [
            $"--DataFolder={_server.Services.GetRequiredService<DataFolder>().Path}", "--Sites:shop:Name=Shop", "--Sites:shop:Queues:orders:MaximumLength=9",
        ];
        var exit = await SessionsCommand.RunAsync([.. arguments, .. settings], output, errors).Within();
        return (exit, output.ToString(), errors.ToString());
    }
}
