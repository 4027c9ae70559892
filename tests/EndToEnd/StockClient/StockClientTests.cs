using System.Diagnostics;
using System.Text.Json;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.StockClient;

public sealed class StockClientTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task NpmClient_AsPublished_TalksToTheServer(string protocol)
    {
        await using var server = await ServerProcess.StartAsync();
        var start = new ProcessStartInfo("node", [Checkout.File("tests/EndToEnd/StockClient/talk.mjs"), server.Address.ToString(), protocol])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Within();
        await node.WaitForExitAsync(TestContext.Current.CancellationToken).Within();

        Assert.Equal("", await errors);
        Assert.Equal(0, node.ExitCode);
        var heard = JsonSerializer.Deserialize<JsonElement>(output);
        Assert.Equal("Hello from the customer", heard.GetProperty("heardByAgent").GetString());
        Assert.Equal("Hello from the agent", heard.GetProperty("heardByCustomer").GetString());
        Assert.Equal(Contracts.ErrorCodes.NotFound, HubRefusalException.Parse(heard.GetProperty("refusal").GetString()!).Code);
    }
}
