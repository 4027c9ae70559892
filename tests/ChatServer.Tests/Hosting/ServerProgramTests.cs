using System.Diagnostics;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hosting;

/// <summary>The program as an operator meets it: what it prints and how it ends.</summary>
public sealed class ServerProgramTests
{
    [Fact]
    public async Task Start_WithFaults_PrintsThemWithoutAStackAndExitsWithOne()
    {
        var (exit, output, errors) = await RunAsync("--Urls=nonsense", "--Drain:ReconnectWithin=soon", "--ConnectionStrings:Redis=x");

        Assert.Equal((1, ""), (exit, output));
        var lines = errors.TrimEnd().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal("The configuration has faults:", lines[0]);
        Assert.All(lines[1..], line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_Misused_PrintsTheUsageAndExitsWithTwo()
    {
        var (exit, output, errors) = await RunAsync("agents", "dismiss");

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("agents add EMAIL", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InDevelopment_PrintsThreeAddressesAndEndsCleanlyWhenTold()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var server = await ServerProcess.StartAsync();

        Assert.Equal(0, await server.StopAsync());

        var printed = server.Log.Text.Split('\n').Where(line => !line.StartsWith('{')).ToList();
        Assert.Equal(3, printed.Count);
        Assert.Contains($"{server.Address}agent/", printed[0], StringComparison.Ordinal);
        Assert.EndsWith(server.ShopAddress.GetLeftPart(UriPartial.Authority), printed[1], StringComparison.Ordinal);
        Assert.EndsWith(server.DataFolder, printed[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    public async Task Start_OnRedis_HandlesWhatSocketsReceiveWithoutThePool(string? chosen)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads have names and folders on Linux.");
        await using var redis = await RedisServer.StartDurableAsync();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (chosen is not null)
        {
            environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = chosen;
        }

        await using var server = await ServerProcess.StartAsync(new ServerSetup([ServerSetup.Redis(redis.Configuration)]) { Environment = environment });

        var waiting = Directory.EnumerateDirectories($"/proc/{server.ProcessId}/task").Count(thread => File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd() == ".NET Sockets");
        Assert.Equal(chosen is null ? Environment.ProcessorCount : 1, waiting);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CoPilot.ChatServer.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().Within();
        return (process.ExitCode, await output.Within(), await errors.Within());
    }
}
