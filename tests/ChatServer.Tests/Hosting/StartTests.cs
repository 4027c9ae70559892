using CoPilot.ChatServer.Hosting;
using CoPilot.TestKit;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Start_PortInUse_SaysItInOneLineAndLogsNothing()
    {
        await using var first = await RunningServer.StartAsync();

        // The second server's log watcher fails the test when the framework logs the failure too.
        var refusal = await Assert.ThrowsAsync<StartupException>(() => RunningServer.StartAsync(settings: [$"--Urls={first.Origin}"])).Within();

        Assert.Contains(first.Origin, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task Start_DataOfANewerVersion_SaysSo()
    {
        using var folder = new TemporaryFolder();
        await using (await RunningServer.StartAsync(settings: [$"--DataFolder={folder.Path}"]))
        {
        }

        await using (var connection = new SqliteConnection($"Data Source={folder.File("copilot.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken).Within();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_history (name) VALUES ('Migrations/2999-01-01_01_Future.sql')";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken).Within();
        }

        var refusal = await Assert.ThrowsAsync<StartupException>(() => RunningServer.StartAsync(settings: [$"--DataFolder={folder.Path}"])).Within();

        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }
}
