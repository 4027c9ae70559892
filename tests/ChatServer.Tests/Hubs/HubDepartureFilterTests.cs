using CoPilot.ChatServer.Hubs;
using CoPilot.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace CoPilot.ChatServer.Tests.Hubs;

public sealed class HubDepartureFilterTests
{
    private const int Many = 100;

    [Fact]
    public async Task Many_AreSeenOffSomeAtATime()
    {
        using var filter = new HubDepartureFilter();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (begun, ended) = (0, 0);
        var leaving = Enumerable.Range(0, Many).Select(_ => filter.OnDisconnectedAsync(null!, null, SeeOffAsync)).ToList();

        Assert.Equal((HubDepartureFilter.AtOnce, 0), (begun, ended));
        open.SetResult();
        await Task.WhenAll(leaving).Within();
        Assert.Equal((Many, Many), (begun, ended));

        async Task SeeOffAsync(HubLifetimeContext context, Exception? exception)
        {
            Interlocked.Increment(ref begun);
            await open.Task;
            Interlocked.Increment(ref ended);
        }
    }

    [Fact]
    public async Task WhoFails_MakesRoom()
    {
        using var filter = new HubDepartureFilter();
        for (var i = 0; i < Many; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => filter.OnDisconnectedAsync(null!, null, (_, _) => throw new InvalidOperationException("It cannot be taken back.")).Within());
        }
    }
}
