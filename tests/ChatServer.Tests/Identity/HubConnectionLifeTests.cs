using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Identity;

/// <summary>How long a hub connection lives: as long as its token and its node.</summary>
public sealed class HubConnectionLifeTests
{
    [Fact]
    public async Task Connection_WhoseTokenEnds_EndsToo()
    {
        await using var server = await RunningServer.StartAsync();
        await using var client = await ChatClient.ConnectAsync(server.Address, (await server.NewCustomerAsync()).Token).Within();

        server.Clock.Advance(TokenService.CustomerLifetime - TimeSpan.FromSeconds(1));
        await client.MyContacts(new MyContactsRequest()).Within();
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        await client.Closed.Within();
    }

    [Fact]
    public async Task Draining_TellsClientsAndWaitsUntilTheyAreGone()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await ChatClient.ConnectAsync(server.Address, (await server.NewCustomerAsync()).Token).Within();
        await client.MyContacts(new MyContactsRequest()).Within();

        var draining = server.Services.GetRequiredService<DrainService>().DrainAsync(TestContext.Current.CancellationToken);
        var told = await client.Events.Draining.WaitForAsync(_ => true).Within();

        Assert.Equal(5, told.ReconnectWithinSeconds);
        Assert.False(draining.IsCompleted);
        await client.DisposeAsync();
        await AdvanceUntilAsync(draining, server.Clock).Within();
    }

    /// <summary>The service looks again by the test's clock, and the server notices by its own that the client has gone.</summary>
    private static async Task AdvanceUntilAsync(Task draining, ManualTimeProvider clock)
    {
        while (!draining.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await draining;
    }
}
