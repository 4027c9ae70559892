using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class AgentsCommandTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Add_WhileTheServerRuns_LetsTheAgentSignIn()
    {
        var (exit, output, errors) = await RunAsync(
            RunningServer.Password, "add", "grace@shop.example", "--name", "Grace", "--queues=orders:8", "--capacity", "2", "--role=supervisor");

        Assert.Equal((AgentsCommand.Succeeded, ""), (exit, errors));
        Assert.Contains("grace@shop.example", output, StringComparison.Ordinal);
        Assert.True((await _server.SignInAsync("grace@shop.example")).IsSuccessStatusCode);
        var account = (await _server.Accounts.FindByEmailAsync("grace@shop.example").Within())!;
        Assert.Equal(("Grace", "supervisor", 2, RunningServer.Site), (account.Name, account.Role, account.Capacity, account.SiteId));
        Assert.Equal(["orders:8"], account.Queues);
    }

    [Fact]
    public async Task Disable_WhileTheServerRuns_SignsTheAgentOut()
    {
        await _server.AddAgentAsync();

        Assert.Equal(AgentsCommand.Succeeded, (await RunAsync("", "disable", "ADA@shop.example")).Exit);

        Assert.False((await _server.SignInAsync("ada@shop.example")).IsSuccessStatusCode);
        Assert.Contains("disabled", (await RunAsync("", "list")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no queue 'gifts'", RunningServer.Password, "add", "x@shop.example", "--name", "X", "--queues", "gifts")]
    [InlineData("at least 8", "short", "add", "x@shop.example", "--name", "X", "--queues", "orders")]
    [InlineData("already", RunningServer.Password, "add", "ada@shop.example", "--name", "X", "--queues", "orders")]
    [InlineData("no account", "", "disable", "nobody@shop.example")]
    public async Task Command_ThatCannotBeDone_FailsWithTheReason(string reason, string input, params string[] arguments)
    {
        await _server.AddAgentAsync();

        var (exit, _, errors) = await RunAsync(input, arguments);

        Assert.Equal(AgentsCommand.Failed, exit);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("add")]
    [InlineData("add", "x@shop.example", "--queues", "orders")]
    [InlineData("add", "x@shop.example", "--name", "X")]
    [InlineData("add", "not an address", "--name", "X", "--queues", "orders")]
    [InlineData("add", "x@shop.example", "--name", "X", "--queues", "orders", "--capacity", "0")]
    [InlineData("add", "x@shop.example", "--name", "X", "--queues", "orders", "--role", "admin")]
    [InlineData("add", "x@shop.example", "--name", "X", "--queues", "orders:11")]
    [InlineData("add", "x@shop.example", "--name", "X", "--queues", "orders:8:1")]
    [InlineData("add", "x@shop.example", "--name", "X", "--queues", "orders,orders:8")]
    [InlineData("add", "x@shop.example", "--name", "X", "--queues", "orders", "--shout")]
    [InlineData("import")]
    [InlineData("import", "agents.csv", "--name", "X")]
    [InlineData("list", "--name", "X")]
    [InlineData("remove", "x@shop.example")]
    public async Task Command_Misused_ShowsTheUsage(params string[] arguments)
    {
        var (exit, _, errors) = await RunAsync(RunningServer.Password, arguments);

        Assert.Equal(AgentsCommand.Misused, exit);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        var folder = _server.Services.GetRequiredService<DataFolder>().Path;
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] settings = [$"--DataFolder={folder}", "--Sites:shop:Name=Shop", "--Sites:shop:Queues:orders:MaximumLength=9"];
        var exit = await AgentsCommand.RunAsync([.. arguments, .. settings], new StringReader(input), output, errors).Within();
        return (exit, output.ToString(), errors.ToString());
    }
}
