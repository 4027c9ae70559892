using System.Net;
using System.Text.Json;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Tests.Hosting;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CoPilot.ChatServer.Tests.Callbacks;

/// <summary>From an agent's taking a call-back to its outcome, where a telephony provider dials: over real HTTP and on each engine.</summary>
public abstract class ProviderCallsSpecification : IAsyncLifetime
{
    private const string Phone = "+31612345678";

    private int _events;

    private protected RunningServer Server { get; private set; } = null!;

    protected TelephonyProvider Provider { get; } = new();

    protected abstract IReadOnlyList<string> EngineSettings { get; }

    public async ValueTask InitializeAsync()
    {
        await StartEngineAsync();
        await Provider.StartAsync();
        Server = await StartNodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
        await StopEngineAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task StartEngineAsync() => Task.CompletedTask;

    protected virtual ValueTask StopEngineAsync() => ValueTask.CompletedTask;

    private protected Task<RunningServer> StartNodeAsync() => RunningServer.StartAsync(
        settings:
        [
            .. CallStatusServer.Settings,
            $"--Sites:{RunningServer.Site}:Callbacks:Webhook:Url={Provider.Url}",
            $"--Sites:{RunningServer.Site}:Queues:orders:Callbacks:WrapUp=00:00:00",
            $"--Sites:{RunningServer.Site}:Queues:orders:AgentGrace=00:10:00",
            "--DemoShop:Urls=http://127.0.0.1:0",
            .. EngineSettings,
        ],
        environment: "Development");

    [Fact]
    public async Task Call_IsAskedForOnce_AndTheAgentSeesHowItGoes()
    {
        await using var customer = await ConnectCustomerAsync();
        await using var agent = await ConnectAgentAsync(Server);
        var accepted = await TakeCallAsync(customer, agent);
        Assert.Equal(CallStates.Dialling, accepted.Callback?.Call?.Status);
        var asked = await AskedAsync(1);
        Assert.Equal((Phone, accepted.ContactId), (asked.Body.GetProperty("number").GetString(), asked.Body.GetProperty("callbackId").GetString()));

        await AssertAnswerAsync("taken", await TellAsync(asked, "ringing"));
        Assert.Equal(accepted.ContactId, (await agent.Events.ContactChanges.WaitForAsync(change => change.Call?.Status == CallStates.Ringing)).ContactId);
        await AssertAnswerAsync("taken", await TellAsync(asked, "ended", CallOutcomes.NoAnswer));
        var ended = await agent.Events.ContactChanges.WaitForAsync(change => change.Call?.Status == CallStates.Ended);
        Assert.Equal((ContactStates.Active, CallOutcomes.NoAnswer), (ended.State, ended.Call!.Outcome));
        await AssertAnswerAsync("late", await TellAsync(asked, "answered"));

        var status = await agent.SetStatus(new SetStatusRequest()).Within();
        Assert.Equal(new CallInfo(CallStates.Ended, CallOutcomes.NoAnswer), Assert.Single(status.Contacts).Callback!.Call);
        await agent.CompleteCallback(new CompleteCallbackRequest("o1", accepted.ContactId, CallOutcomes.NoAnswer)).Within();
        await AssertAnswerAsync("late", await TellAsync(asked, "answered"));
        await customer.RescheduleCallback(new RescheduleCallbackRequest("m1", accepted.ContactId)).Within();
        await AcceptAsync(agent);
        var second = await AskedAsync(2);
        Assert.Equal(accepted.ContactId, second.Body.GetProperty("callbackId").GetString());
        Assert.NotEqual(asked.IdempotencyKey, second.IdempotencyKey);
        Assert.DoesNotContain(customer.Events.ContactChanges.Received, change => change.Call is not null);
        Assert.Null(Assert.Single((await customer.MyContacts(new MyContactsRequest()).Within()).Contacts).Callback!.Call);
    }

    [Fact]
    public async Task Call_ThatTheProviderRefuses_IsLeftToTheAgent()
    {
        Server.Log.Expect("refuses attempt");
        Provider.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        };
        await using var customer = await ConnectCustomerAsync();
        await using var agent = await ConnectAgentAsync(Server);

        var accepted = await TakeCallAsync(customer, agent);

        var left = await agent.Events.ContactChanges.WaitForAsync(change => change.Call?.Status == CallStates.LeftToAgent);
        Assert.Equal((accepted.ContactId, "refused"), (left.ContactId, left.Call!.Reason));
        Assert.Equal(
            ContactStates.Closed,
            (await agent.CompleteCallback(new CompleteCallbackRequest("o1", accepted.ContactId, CallOutcomes.Reached)).Within()).State);
    }

    private protected async Task<ChatClient> ConnectCustomerAsync() =>
        await ChatClient.ConnectAsync(Server.Address, (await Server.NewCustomerAsync()).Token).Within();

    private protected static async Task<ChatClient> ConnectAgentAsync(RunningServer server)
    {
        var account = await server.AddAgentAsync();
        var token = (await RunningServer.ReadAsync<SignInResult>(await server.SignInAsync(account.Email))).Token;
        var agent = await ChatClient.ConnectAsync(server.Address, token).Within();
        await agent.SetStatus(new SetStatusRequest(AgentStatuses.Available)).Within();
        return agent;
    }

    private protected async Task<AcceptOfferResult> TakeCallAsync(ChatClient customer, ChatClient agent)
    {
        await customer.RequestCallback(new RequestCallbackRequest("r1", "orders", Phone)).Within();
        return await AcceptAsync(agent);
    }

    private protected async Task<AskedCall> AskedAsync(int count)
    {
        await Eventually.TrueAsync(() => Provider.Asked.Count >= count);
        var asked = Provider.Asked;
        Assert.Equal(count, asked.Count);
        Assert.Equal(asked[^1].Body.GetProperty("attemptId").GetString(), asked[^1].IdempotencyKey);
        return asked[^1];
    }

    private async Task<AcceptOfferResult> AcceptAsync(ChatClient agent)
    {
        var queue = Server.Services.GetRequiredService<IContactQueue>();
        await Eventually.TrueAsync(async () =>
        {
            // Nodes renew leases by their clocks, which stand still here; Redis ends them by its own.
            var status = await agent.SetStatus(new SetStatusRequest()).Within();
            await queue.RenewPresenceAsync(RunningServer.Site, [new AgentConnection(status.AgentId, "seat")]).Within();
            return status.Offer is not null;
        });
        return await agent.AcceptOffer(new AcceptOfferRequest((await agent.SetStatus(new SetStatusRequest()).Within()).Offer!.OfferId)).Within();
    }

    private Task<HttpResponseMessage> TellAsync(AskedCall asked, string status, string? outcome = null)
    {
        var more = outcome is null ? "" : $",\"outcome\":\"{outcome}\"";
        var body = $$"""{"eventId":"e{{++_events}}","attemptId":"{{asked.IdempotencyKey}}","status":"{{status}}"{{more}}}""";
        return Provider.TellAsync(Server.Address, RunningServer.Site, body, Server.Clock.GetUtcNow());
    }

    private static async Task AssertAnswerAsync(string result, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync().Within();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        Assert.Equal(result, JsonDocument.Parse(text).RootElement.GetProperty("result").GetString());
    }
}

public sealed class SqliteProviderCallsTests : ProviderCallsSpecification
{
    protected override IReadOnlyList<string> EngineSettings => [];
}

public sealed class RedisProviderCallsTests : ProviderCallsSpecification
{
    private RedisServer? _redis;

    protected override IReadOnlyList<string> EngineSettings =>
        [ServerSetup.Redis(_redis!.Configuration), $"--Auth:SigningKey={RunningServer.IdentityKey}"];

    protected override async Task StartEngineAsync() => _redis = await RedisServer.StartDurableAsync();

    protected override ValueTask StopEngineAsync() => _redis!.DisposeAsync();

    /// <summary>The provider does not answer the first node, which ends meanwhile.</summary>
    [Fact]
    public async Task Call_OfANodeThatIsGone_IsAskedForByAnother_ByTheSameName()
    {
        await using var customer = await ConnectCustomerAsync();
        var calls = 0;
        Provider.Answer = context => Interlocked.Increment(ref calls) == 1 ? UntilGoneAsync(context) : Task.CompletedTask;
        var other = await StartNodeAsync();
        try
        {
            await using var agent = await ConnectAgentAsync(other);
            await TakeCallAsync(customer, agent);
            await Eventually.TrueAsync(() => Provider.Asked.Count == 1);
        }
        finally
        {
            await other.DisposeAsync();
        }

        await Eventually.TrueAsync(async () =>
        {
            // It looks by its clock for what others left undone. By the same clock it gives up a Redis that does not answer, so Redis answers each time.
            Server.Clock.Advance(TimeSpan.FromSeconds(1));
            await customer.MyContacts(new MyContactsRequest()).Within();
            return Provider.Asked.Count > 1;
        }, TimeSpan.FromMinutes(2));
        Assert.Single(Provider.Asked.Select(asked => asked.IdempotencyKey).Distinct());
    }

    private static async Task UntilGoneAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var abort = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
