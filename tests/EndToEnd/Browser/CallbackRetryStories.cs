using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>A customer who is not reached at first, at both ends. It takes the shortest pause that a queue may have.</summary>
public sealed class CallbackRetryStories(BrowserFixture browser) : BrowserStories(browser)
{
    private const string Number = "+31 6 33445566";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Nobody misses an offer, and no agent is given up, because the machine is busy.</summary>
    private static readonly string[] Settings =
    [
        $"--Sites:demo:Queues:orders:Callbacks:RetryPauses:0={Pause:c}", "--Sites:demo:Queues:orders:Callbacks:WrapUp=00:00:00",
        "--Sites:demo:Queues:orders:AcceptTimeout=00:10:00", "--Sites:demo:Queues:orders:AgentGrace=00:10:00",
    ];

    [Fact]
    public async Task Customer_WhoDoesNotAnswer_IsCalledAgainAfterThePause_ThoughTheServerDiesInIt()
    {
        var stage = await OpenAsync(Settings);
        var (customer, elsewhere, agent) = (await stage.CustomerAsync(), await stage.CustomerAsync("another-device"), await stage.AgentAsync());
        stage.ExpectBrokenConnections();
        await agent.BecomeAvailableAsync();
        await customer.OpenChatAsync();
        await customer.AskToBeCalledAsync();
        await customer.SendNumberAsync("06 33445566");
        await agent.AcceptCallAsync(Number);
        await customer.SeesCallbackAsync("Anna is calling you");

        var noted = TimeProvider.System.GetTimestamp();
        await agent.CompleteAsync("No answer", "Rang for a minute");
        await customer.SeesNextTryAsync();
        await customer.SeesCallbackPlaceAsync("This is our last try.");
        await customer.PictureAsync("callback-next-try");
        await agent.SeesNotedAsync("No answer");
        await Assertions.Expect(agent.Card.GetByText("The customer is called again at about")).ToBeVisibleAsync();
        await elsewhere.Page.GotoAsync(await customer.ReadManageLinkAsync());
        await elsewhere.SeesFailedCallAsync();

        await stage.Server.KillHardAsync();
        await Assertions.Expect(customer.CallbackLost).ToBeVisibleAsync();
        await stage.Server.StartAgainAsync();
        await Assertions.Expect(customer.CallbackLost).ToBeHiddenAsync();
        await customer.SeesFailedCallAsync();
        await elsewhere.SeesFailedCallAsync();

        await Assertions.Expect(agent.Offer.GetByText("1 attempt so far, last: No answer"))
            .ToBeVisibleAsync(new() { Timeout = (float)Pause.TotalMilliseconds + BrowserFixture.PatienceMilliseconds });
        // Without the second by which two clocks may differ.
        Assert.True(TimeProvider.System.GetElapsedTime(noted) > Pause - TimeSpan.FromSeconds(1));
        await agent.AcceptCallAsync(Number);
        await Assertions.Expect(agent.Card.GetByText("Rang for a minute")).ToBeVisibleAsync();
        await customer.SeesCallbackAsync("Anna is calling you");
        await elsewhere.SeesCallbackAsync("Anna is calling you");
        await agent.CompleteAsync("Reached");
        await agent.SeesNotedAsync("Reached");
        await customer.SeesReachedAsync();
        await elsewhere.SeesReachedAsync();
    }
}
