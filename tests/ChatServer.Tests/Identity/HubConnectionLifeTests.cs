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
        // Connections end by the system's clock, so ours is set such that a token of a day ends in a moment; only then, as starting may take longer than that.
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow() - TokenService.CustomerLifetime);
        await using var server = await RunningServer.StartAsync(clock: clock);
        clock.Advance(TimeProvider.System.GetUtcNow() - TokenService.CustomerLifetime + TimeSpan.FromSeconds(3) - clock.GetUtcNow());
        var customer = await server.NewCustomerAsync();
        await using var client = await ChatClient.ConnectAsync(server.Address, customer.Token).Within();

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
