using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>A supervisor closes a queue for now: nobody is promised anything meanwhile, and nobody is called.</summary>
public sealed class CallbackClosureStories(BrowserFixture browser) : BrowserStories(browser)
{
    private const string Queue = "orders";
    private const string Topic = "Orders and delivery";
    private const string Number = "+31 6 77889900";

    private static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(5);

    /// <summary>What asking for the call-back takes once the server is configured; where the machine is slower, the story begins anew with twice as much.</summary>
    private static readonly TimeSpan FirstAhead = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestAhead = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task ClosedForNow_TakesNobodyAndCallsNobody_AndGoesOnWhenItOpens()
    {
        var (stage, supervisor, customer, asked) = await ScheduleAsync(FirstAhead);
        var (agent, page, link) = (await stage.AgentAsync(), await stage.CustomerAsync(), await stage.CustomerAsync("another-device"));
        await agent.BecomeAvailableAsync();
        await page.OpenChatAsync();
        await SeesTopicAsync(page, "Closed now");
        await page.Panel.GetByRole(AriaRole.Button, new() { Name = Topic }).ClickAsync();
        await Assertions.Expect(page.Panel.GetByRole(AriaRole.Button, new() { Name = "Start chat" })).ToBeDisabledAsync();
        await page.PictureAsync("closed-for-now");

        await customer.Events.ContactChanges.WaitForAsync(
            change => change.ContactId == asked.ContactId && change.State == ContactStates.Waiting, LongestAhead + Deadline.Default);
        await Assertions.Expect(agent.Offer).ToBeHiddenAsync();
        stage.Server.Log.MustNotContain(asked.ManageToken);
        await link.GoToAsync($"callback.html#{asked.ManageToken}");
        await link.SeesCallbackPlaceAsync("You are next in line");
        await link.SeesCallbackPlaceAsync("We are closed for now. You keep your place.");
        await link.PictureAsync("callback-closed-for-now");

        await supervisor.OpenQueue(new OpenQueueRequest(Queue)).Within();
        await agent.AcceptCallAsync(Number);
        await link.SeesCallbackAsync("Anna is calling you");
        await agent.CompleteAsync("Reached");
        await agent.SeesNotedAsync("Reached");
        await link.SeesReachedAsync();

        await page.OpenChatAsync();
        await SeesTopicAsync(page, "Open now");
        await supervisor.CloseQueue(new CloseQueueRequest(Queue, TimeProvider.System.GetUtcNow().AddHours(2))).Within();
        await page.OpenChatAsync();
        await SeesTopicAsync(page, "Closed, opens");
    }

    private static async Task SeesTopicAsync(ShopWindow page, string note) =>
        await Assertions.Expect(page.Panel.GetByRole(AriaRole.Button, new() { Name = Topic })).ToContainTextAsync(note);

    /// <summary>
    /// A queue that is closed until somebody opens it, and a call-back for a time of it that comes into the line in a moment. Customers choose from times minutes
    /// apart, so the queue's lead is what puts one of them near.
    /// </summary>
    private async Task<(Stage Stage, ChatClient Supervisor, ChatClient Customer, CallbackStatus Asked)> ScheduleAsync(TimeSpan ahead)
    {
        var enters = TimeProvider.System.GetUtcNow() + ahead;
        var time = new DateTimeOffset((enters.UtcTicks / SlotLength.Ticks * SlotLength.Ticks) + SlotLength.Ticks, TimeSpan.Zero);
        var stage = await OpenAsync(
            $"--Sites:demo:Queues:{Queue}:Callbacks:SlotLength={SlotLength:c}", $"--Sites:demo:Queues:{Queue}:Callbacks:Lead={time - enters:c}",
            $"--Sites:demo:Queues:{Queue}:AcceptTimeout=00:10:00");
        stage.Server.Log.MustNotContainNumber(Number);
        var (supervisor, customer) = (await stage.SupervisorOnTheWireAsync(), await stage.CustomerOnTheWireAsync());
        await supervisor.CloseQueue(new CloseQueueRequest(Queue)).Within();
        try
        {
            var asked = await customer.RequestCallback(new RequestCallbackRequest("r1", Queue, "+31677889900", When: time)).Within();
            Assert.Equal(ContactStates.Scheduled, asked.State);
            return (stage, supervisor, customer, asked);
        }
        catch (HubRefusalException refusal) when (refusal.Code == ErrorCodes.Invalid && ahead < LongestAhead)
        {
            await stage.DisposeAsync();
            return await ScheduleAsync(ahead * 2);
        }
    }
}
