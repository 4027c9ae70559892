using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.CoBrowse.Hubs;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Tests.CoPilot;

/// <summary>How the host runs Co-Pilot's hub.</summary>
public sealed class CoBrowseHubTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        settings: ["--HubRates:ConnectionStreamBurst=7", "--HubRates:ConnectionStreamCallsPerSecond=1"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void Calls_OfOneConnection_RunOneAfterTheOther()
    {
        // The relay takes frames in the order in which they were sent because of this.
        Assert.Equal(1, _server.Services.GetRequiredService<IOptions<HubOptions>>().Value.MaximumParallelInvocationsPerClient);
        Assert.Equal(1, _server.Services.GetRequiredService<IOptions<HubOptions<CoBrowseHub>>>().Value.MaximumParallelInvocationsPerClient);
    }

    [Fact]
    public async Task Stream_BeyondItsBucket_IsRateLimitedAndNothingElseIs()
    {
        var token = (await _server.NewCustomerAsync()).Token;
        await using var customer = await CoBrowseClient.ConnectAsync(_server.Http.BaseAddress!, token).Within();
        var frames = new PublishFramesRequest("none", []);

        for (var i = 0; i < 7; i++)
        {
            Assert.Equal(ErrorCodes.NotFound, await RefusalAsync(customer.PublishFrames(frames)));
        }

        Assert.Equal(ErrorCodes.RateLimited, await RefusalAsync(customer.PublishFrames(frames)));
        Assert.Equal(ErrorCodes.NotFound, await RefusalAsync(customer.KeepAlive(new KeepAliveRequest("none"))));
    }

    private static async Task<string> RefusalAsync(Task call) => (await Assert.ThrowsAsync<HubRefusalException>(() => call.Within())).Code;
}
