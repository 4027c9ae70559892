using System.Diagnostics;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Deploy;

/// <summary>The compose file as its own program reads it. Containers are not started.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Examples = ["copilot.env", "redis.env"];

    [Fact]
    public async Task Config_WithTheExamplesFilledIn_IsValid()
    {
        using var folder = new TemporaryFolder();
        var deploy = Directory.CreateDirectory(folder.File("deploy")).FullName;
        File.Copy(Checkout.File("deploy/compose.yaml"), Path.Combine(deploy, "compose.yaml"));
        foreach (var example in Examples)
        {
            var filledIn = (await File.ReadAllTextAsync(Checkout.File($"deploy/{example}.example"))).Replace("REDIS_PASSWORD=", "REDIS_PASSWORD=not-in-the-command");
            await File.WriteAllTextAsync(Path.Combine(deploy, example), filledIn);
        }

        var (code, output) = await ComposeAsync(deploy, "config");

        Assert.True(code == 0, output);
        foreach (var expected in (string[])["node-1:", "node-2:", "Auth__SigningKey", "CoBrowse__ViewerUrls: http://0.0.0.0:5082", "ipv4_address: 172.28.80.10", "nginx.conf:/etc/nginx/nginx.conf", "service_healthy"])
        {
            Assert.Contains(expected, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Config_WithoutTheFilesOfSecrets_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Checkout.File("deploy/compose.yaml"), folder.File("compose.yaml"));

        var (code, output) = await ComposeAsync(folder.Path, "config");

        Assert.NotEqual(0, code);
        Assert.Contains(".env", output, StringComparison.Ordinal);
    }

    /// <summary>Docker's plugin where it is installed, else the program of its own.</summary>
    private static async Task<(int Code, string Output)> ComposeAsync(string folder, params string[] arguments)
    {
        var (code, _) = await RunAsync(folder, "docker", "compose", "version");
        return code == 0 ? await RunAsync(folder, "docker", ["compose", .. arguments]) : await RunAsync(folder, "docker-compose", arguments);
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().Within();
            return (process.ExitCode, await output + await errors);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }
}
