using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Tests.Identity;

public sealed class AgentsImportTests : IAsyncLifetime
{
    private readonly TemporaryFolder _files = new();
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
    }

    [Fact]
    public async Task Import_WhileTheServerRuns_LetsAllOfThemSignIn()
    {
        var (exit, output, errors) = await ImportAsync($"""
            Email,password,name,queues,capacity,role
            grace@shop.example,{RunningServer.Password},"Hopper, Grace",orders:8;returns,2,supervisor

            linus@shop.example,{RunningServer.Password}, Linus ,"orders, returns:3",,
            """);

        Assert.Equal((AgentsCommand.Succeeded, ""), (exit, errors));
        Assert.Contains("Added 2 agents", output, StringComparison.Ordinal);
        Assert.True((await _server.SignInAsync("grace@shop.example")).IsSuccessStatusCode);
        Assert.True((await _server.SignInAsync("linus@shop.example")).IsSuccessStatusCode);
        var accounts = await _server.Accounts.ListAsync().Within();
        Assert.Equal(
            [("Hopper, Grace", "supervisor", 2, "orders:8 returns"), ("Linus", "agent", 5, "orders returns:3")],
            accounts.Select(account => (account.Name, account.Role, account.Capacity, string.Join(' ', account.Queues))));
    }

    [Fact]
    public async Task Import_FromStandardInput_IsTheSame()
    {
        var (exit, _, _) = await RunAsync($"email,name,queues,password\ngrace@shop.example,Grace,orders,{RunningServer.Password}", "import", "-");

        Assert.Equal(AgentsCommand.Succeeded, exit);
        Assert.NotNull(await _server.Accounts.FindByEmailAsync("grace@shop.example").Within());
    }

    [Fact]
    public async Task Import_OfHashes_LetsThemSignInAndTellsOfWeakOnes()
    {
        var weak = new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 1 })).HashPassword(null!, RunningServer.Password);
        using var own = new PasswordService();
        var (exit, output, _) = await ImportAsync($"""
            email,name,queues,passwordHash,password
            grace@shop.example,Grace,orders,{weak},
            linus@shop.example,Linus,orders,{own.Hash(RunningServer.Password)},
            """);

        Assert.Equal(AgentsCommand.Succeeded, exit);
        Assert.Contains("1 of the hashes", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Hashing", output, StringComparison.Ordinal);
        Assert.True((await _server.SignInAsync("grace@shop.example")).IsSuccessStatusCode);
        Assert.True((await _server.SignInAsync("linus@shop.example")).IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("a-password", "AQAAAAIAAYagAAAAEPUlMBXVbYKOuz6Pz0xW4yXh0jDHVIS6Vz0N9wJ3cXCYoEYp+lEGR7Rn4P0AcZ4q0A==", "not both")]
    [InlineData("", "", "password is needed")]
    [InlineData("", "hunter2hunter2", "ASP.NET Core Identity")]
    [InlineData("", "AQAAAAAAAYagAAAAEPUlMBXVbYKOuz6Pz0xW4yXh0jDHVIS6Vz0N9wJ3cXCYoEYp+lEGR7Rn4P0AcZ4q0A==", "ASP.NET Core Identity")]
    [InlineData("", "AQAAAAIAAYagAAAAEPUlMBXVbYKOuz6P", "ASP.NET Core Identity")]
    [InlineData("", "AQAAAAJ/////AAAAEPUlMBXVbYKOuz6Pz0xW4yXh0jDHVIS6Vz0N9wJ3cXCYoEYp+lEGR7Rn4P0AcZ4q0A==", "ASP.NET Core Identity")]
    public async Task Import_OfAHashThatIsNone_AddsNobody(string password, string hash, string reason)
    {
        var (exit, _, errors) = await ImportAsync($"email,name,queues,password,passwordHash\nx@shop.example,X,orders,{password},{hash}");

        Assert.Equal(AgentsCommand.Failed, exit);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line 3: ", "no queue 'gifts'", "x@shop.example,X,gifts,long enough,5")]
    [InlineData("line 3: ", "at least 8", "x@shop.example,X,orders,short,5")]
    [InlineData("line 3: ", "not an e-mail address", "x,X,orders,long enough,5")]
    [InlineData("line 3: ", "name is needed", "x@shop.example,,orders,long enough,5")]
    [InlineData("line 3: ", "queues is needed", "x@shop.example,X,,long enough,5")]
    [InlineData("line 3: ", "capacity must be", "x@shop.example,X,orders,long enough,many")]
    [InlineData("line 3: ", "4 values for 5 columns", "x@shop.example,X,orders,long enough")]
    [InlineData("line 3: ", "quote", "x@shop.example,\"X,orders,long enough,5")]
    [InlineData("line 3: ", "is in line 2 already", "GRACE@shop.example,X,orders,long enough,5")]
    [InlineData("line 3: ", "there is an account of ada@shop.example", "Ada@shop.example,X,orders,long enough,5")]
    public async Task Import_OfALineThatIsWrong_AddsNobodyAndNamesTheLine(string line, string reason, string wrong)
    {
        await _server.AddAgentAsync();

        var (exit, _, errors) = await ImportAsync($"email,name,queues,password,capacity\ngrace@shop.example,Grace,orders,long enough,5\n{wrong}");

        Assert.Equal(AgentsCommand.Failed, exit);
        Assert.Contains(line, errors, StringComparison.Ordinal);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Single(await _server.Accounts.ListAsync().Within());
    }

    [Theory]
    [InlineData("no agents", "email,name,queues,password")]
    [InlineData("column 'password' is missing", "email,name,queues\nx@shop.example,X,orders")]
    [InlineData("no column 'phone'", "email,name,queues,password,phone\nx@shop.example,X,orders,long enough,1")]
    [InlineData("column 'name' is there twice", "email,name,name,queues,password\nx@shop.example,X,Y,orders,long enough")]
    [InlineData("column 'email' is missing", "")]
    public async Task Import_OfAFileThatIsWrong_SaysWhatIs(string reason, string text)
    {
        var (exit, _, errors) = await ImportAsync(text);

        Assert.Equal(AgentsCommand.Failed, exit);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfManyLinesThatAreWrong_TellsTheFirst()
    {
        var lines = Enumerable.Range(1, 30).Select(i => $"x{i}@shop.example,X,gifts,long enough");

        var (_, _, errors) = await ImportAsync(string.Join('\n', lines.Prepend("email,name,queues,password")));

        Assert.Contains("line 21: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("line 22: ", errors, StringComparison.Ordinal);
        Assert.Contains("10 more", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfAFileThatIsNotThere_SaysSo()
    {
        var (exit, _, errors) = await RunAsync("", "import", _files.File("nothing.csv"));

        Assert.Equal(AgentsCommand.Failed, exit);
        Assert.Contains("nothing.csv", errors, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Errors)> ImportAsync(string text)
    {
        await File.WriteAllTextAsync(_files.File("agents.csv"), text);
        return await RunAsync("", "import", _files.File("agents.csv"));
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        var folder = _server.Services.GetRequiredService<DataFolder>().Path;
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] settings =
        [
            $"--DataFolder={folder}", "--Sites:shop:Name=Shop", "--Sites:shop:Queues:orders:MaximumLength=9", "--Sites:shop:Queues:returns:MaximumLength=9",
        ];
        var exit = await AgentsCommand.RunAsync([.. arguments, .. settings], new StringReader(input), output, errors).Within();
        return (exit, output.ToString(), errors.ToString());
    }
}
