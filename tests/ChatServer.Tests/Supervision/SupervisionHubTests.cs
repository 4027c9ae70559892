using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Supervision;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Supervision;

/// <summary>Closing queues for now, over the wire, and what is left of it.</summary>
public sealed class SupervisionHubTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        settings: ["--Sites:shop:Callbacks:Prefixes:0=+31", "--Sites:shop:Queues:orders:Callbacks:SlotLength=00:05:00", "--Sites:shop:Queues:other:MaximumLength=9"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task CloseQueue_IsShownToAgentsAndCustomers_UntilItIsOpened()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await using var ada = await ConnectAsync("ada", Roles.Agent);
        var until = _server.Clock.GetUtcNow().AddMinutes(30);

        await sam.CloseQueue(new CloseQueueRequest("orders", until)).Within();

        var closed = await QueueAsync(ada);
        Assert.Equal((false, until), (closed.OpenNow, closed.Closed?.Until));
        var options = await OptionsAsync();
        Assert.All(options.Channels, channel => Assert.Equal((false, until, true), (channel.Available, channel.OpensAt, channel.ClosedForNow)));
        var times = await RunningServer.ReadAsync<CallbackTimesResult>(await _server.SendAsync(HttpMethod.Get, "/api/callback-times?site=shop&topic=orders"));
        Assert.Equal(until, times.Times[0]);
        await using var customer = await ChatClient.ConnectAsync(_server.Address, (await _server.NewCustomerAsync()).Token).Within();
        await RefusedAsync(ErrorCodes.OutsideHours, () => customer.StartChat(new StartChatRequest("r1", "orders", "Hello")));

        await sam.CloseQueue(new CloseQueueRequest("orders")).Within();
        Assert.Equal(new QueueClosedInfo(), (await QueueAsync(ada)).Closed);
        Assert.All((await OptionsAsync()).Channels, channel => Assert.Equal((null, true), (channel.OpensAt, channel.ClosedForNow)));
        await sam.OpenQueue(new OpenQueueRequest("orders")).Within();
        var open = await QueueAsync(ada);
        Assert.Equal((true, null), (open.OpenNow, open.Closed));
        Assert.All((await OptionsAsync()).Channels, channel => Assert.Equal((true, null), (channel.Available, channel.ClosedForNow)));
        await customer.StartChat(new StartChatRequest("r1", "orders", "Hello")).Within();
    }

    [Fact]
    public async Task CloseQueue_TellsEveryConsole()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await using var ada = await ConnectAsync("ada", Roles.Agent);

        await sam.CloseQueue(new CloseQueueRequest("orders")).Within();

        await Eventually.TrueAsync(() =>
        {
            // Told at most once a second of its clock.
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            return ada.Events.QueueChanges.Received.Any(change => change.Queues.Any(queue => queue is { OpenNow: false, Closed: not null }));
        });
    }

    [Fact]
    public async Task Contacts_AreMovedAndMovedUp()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await using var first = await ChatClient.ConnectAsync(_server.Address, (await _server.NewCustomerAsync()).Token).Within();
        await using var second = await ChatClient.ConnectAsync(_server.Address, (await _server.NewCustomerAsync()).Token).Within();
        await first.StartChat(new StartChatRequest("r1", "orders", "Hello")).Within();
        var late = await second.StartChat(new StartChatRequest("r1", "orders", "Hello")).Within();
        Assert.Equal(2, late.Position);

        await sam.SetPriority(new SetPriorityRequest(late.ContactId, 60)).Within();
        Assert.Equal(1, Assert.Single((await second.MyContacts(new MyContactsRequest()).Within()).Contacts).Position);
        await sam.MoveContact(new MoveContactRequest(late.ContactId, "other")).Within();
        Assert.Equal("other", Assert.Single((await second.MyContacts(new MyContactsRequest()).Within()).Contacts).Queue);
        Assert.Equal(Reasons.Moved, (await second.Events.ContactChanges.WaitForAsync(change => change.Reason is not null)).Reason);

        await RefusedAsync(ErrorCodes.Invalid, () => sam.SetPriority(new SetPriorityRequest(late.ContactId, 1_801)));
        await RefusedAsync(ErrorCodes.Forbidden, () => second.SetPriority(new SetPriorityRequest(late.ContactId, 60)));
        await RefusedAsync(ErrorCodes.Forbidden, () => second.MoveContact(new MoveContactRequest(late.ContactId, "orders")));
    }

    [Fact]
    public async Task Refusals()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await using var ada = await ConnectAsync("ada", Roles.Agent);
        await using var customer = await ChatClient.ConnectAsync(_server.Address, (await _server.NewCustomerAsync()).Token).Within();
        var now = _server.Clock.GetUtcNow();

        await RefusedAsync(ErrorCodes.Forbidden, () => ada.CloseQueue(new CloseQueueRequest("orders")));
        await RefusedAsync(ErrorCodes.Forbidden, () => ada.OpenQueue(new OpenQueueRequest("orders")));
        await RefusedAsync(ErrorCodes.Forbidden, () => customer.CloseQueue(new CloseQueueRequest("orders")));
        await RefusedAsync(ErrorCodes.NotFound, () => sam.CloseQueue(new CloseQueueRequest("weather")));
        await RefusedAsync(ErrorCodes.NotFound, () => sam.OpenQueue(new OpenQueueRequest("weather")));
        await RefusedAsync(ErrorCodes.Invalid, () => sam.CloseQueue(new CloseQueueRequest("")));
        await RefusedAsync(ErrorCodes.Invalid, () => sam.CloseQueue(new CloseQueueRequest("orders", now)));
        await RefusedAsync(ErrorCodes.Invalid, () => sam.CloseQueue(new CloseQueueRequest("orders", now.AddDays(91))));
    }

    [Fact]
    public async Task List_ShowsWhoDidWhatAndWhen()
    {
        await using var sam = await ConnectAsync("sam", Roles.Supervisor);
        await sam.CloseQueue(new CloseQueueRequest("orders", new DateTimeOffset(2026, 11, 23, 12, 30, 0, TimeSpan.Zero))).Within();
        await sam.OpenQueue(new OpenQueueRequest("orders")).Within();

        var (exit, output, errors) = await RunAsync("list");

        Assert.Equal((AgentsCommand.Succeeded, ""), (exit, errors));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("shop 1  2026-11-23 10:00:00Z  sam (", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("queue_closed orders until 2026-11-23 12:30:00Z", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("queue_opened orders", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no site", AgentsCommand.Failed, "list", "--site=elsewhere")]
    [InlineData("Usage:", AgentsCommand.Misused, "list", "all")]
    [InlineData("Usage:", AgentsCommand.Misused)]
    public async Task Misuse_IsExplained(string expected, int exit, params string[] arguments)
    {
        var (answered, _, errors) = await RunAsync(arguments);

        Assert.Equal(exit, answered);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] settings =
        [
            $"--DataFolder={_server.Services.GetRequiredService<DataFolder>().Path}", "--Sites:shop:Name=Shop", "--Sites:shop:Queues:orders:MaximumLength=9",
        ];
        var exit = await SupervisionCommand.RunAsync([.. arguments, .. settings], output, errors).Within();
        return (exit, output.ToString(), errors.ToString());
    }

    private async Task<ChatClient> ConnectAsync(string name, string role)
    {
        var account = await _server.AddAgentAsync(name, role);
        var token = (await RunningServer.ReadAsync<SignInResult>(await _server.SignInAsync(account.Email))).Token;
        return await ChatClient.ConnectAsync(_server.Address, token).Within();
    }

    private static async Task<QueueSummary> QueueAsync(ChatClient agent) =>
        (await agent.GetQueues(new GetQueuesRequest()).Within()).Queues.Single(queue => queue.Name == "orders");

    private async Task<ContactOptionsResult> OptionsAsync() => await RunningServer.ReadAsync<ContactOptionsResult>(
        await _server.SendAsync(HttpMethod.Get, "/api/contact-options?site=shop&topic=orders"));

    private static async Task RefusedAsync(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<HubRefusalException>(() => call().Within())).Code);
}
