using CoPilot.ChatServer.ContactOptions;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Specifications.Routing;
using CoPilot.TestKit;
using static CoPilot.ChatServer.Tests.Routing.RoutingBench;

namespace CoPilot.ChatServer.Tests.Routing.Waits;

/// <summary>What customers are told of how long it will be, from contacts that were really served.</summary>
public sealed class WaitEstimatesTests : IAsyncLifetime
{
    private const string Phone = "+31612345678";

    /// <summary>Of two minutes each; the first of them count for half by the time that the last is over.</summary>
    private const int Enough = 2 * WaitEstimator.MinimumHandled;

    private readonly RoutingBench _bench = new();
    private Caller _anna = null!;

    public async ValueTask InitializeAsync() => _anna = await _bench.HaveAgentAsync("anna");

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task StartChat_BehindOthers_IsToldHowLong()
    {
        await HandleAsync(Enough);
        await BeBusyAsync();
        await _bench.StartAsync("cleo");

        var dana = await _bench.StartAsync("dana");

        // Two minutes each, and two before it are done: one who is served and one in line.
        var expected = WaitEstimator.Estimate(2, new WaitSeats(1, 0, 0), await TimesAsync(), RoutingSites.AcceptTimeout);
        Assert.Equal((2, expected), (dana.Position, dana.EstimatedWait));
        Assert.InRange(dana.EstimatedWait!.MinSeconds, 60, 180);
        Assert.InRange(dana.EstimatedWait.MaxSeconds, 300, 720);
    }

    [Fact]
    public async Task StartChat_WithTooLittleData_IsToldNothing()
    {
        await HandleAsync(WaitEstimator.MinimumHandled - 1);
        await BeBusyAsync();

        Assert.Null((await _bench.StartAsync("cleo")).EstimatedWait);
    }

    [Fact]
    public async Task StartChat_WithNobodyThere_IsToldNothing()
    {
        await HandleAsync(Enough);
        await BeBusyAsync();
        Accepted(await _bench.Service.SetStatusAsync(_anna, new SetStatusRequest(AgentStatuses.Away)));
        Assert.Null((await _bench.StartAsync("cleo")).EstimatedWait);

        Accepted(await _bench.Service.SetStatusAsync(_anna, new SetStatusRequest(AgentStatuses.Available)));
        await PassAsync(WaitEstimates.SharedFor);

        Assert.NotNull((await _bench.StartAsync("dana")).EstimatedWait);
    }

    [Fact]
    public async Task StartChat_OfferedAtOnce_IsToldLessThanAMinute()
    {
        await HandleAsync(Enough);

        var chat = await _bench.StartAsync("cleo");

        Assert.Equal((ContactStates.Offered, new WaitRange(0, 60)), (chat.State, chat.EstimatedWait));
    }

    [Fact]
    public async Task Callback_ForNow_IsToldHowLong_AndForLaterWhen()
    {
        await HandleAsync(Enough);
        await BeBusyAsync();

        var now = await RequestAsync("cleo", Phone, when: null);
        var later = await RequestAsync("dana", "+31612345679", Midnight().AddHours(12));

        Assert.Equal((1, true), (now.Position, now.EstimatedWait is not null));
        Assert.Equal((null, null, Midnight().AddHours(12)), (later.Position, later.EstimatedWait, later.DueAt));
        var again = Accepted(await _bench.Callbacks.GetAsync(Customer("cleo"), new GetCallbackRequest(now.ContactId)));
        Assert.Equal(now.EstimatedWait, again.EstimatedWait);
    }

    /// <summary>One call at a time, whatever the capacity: three calls ahead take three times as long as three chats do.</summary>
    [Fact]
    public async Task Callbacks_HoldAnAgentAlone()
    {
        await HandleAsync(Enough);
        var bert = await _bench.HaveAgentAsync("bert", capacity: 3);
        Accepted(await _bench.Service.SetStatusAsync(_anna, new SetStatusRequest(AgentStatuses.Away)));
        Accepted(await _bench.Queue.RequestCallbackAsync(Wanted("busy", "+31612345670")));
        Accepted(await _bench.Service.AcceptOfferAsync(bert, new AcceptOfferRequest(await _bench.OfferIdAsync(bert))));
        for (var i = 1; i <= 3; i++)
        {
            Accepted(await _bench.Queue.RequestCallbackAsync(Wanted($"c{i}", $"+3161234567{i}")));
        }

        await PassAsync(WaitEstimates.SharedFor, "bert");
        var asked = await RequestAsync("cleo", Phone, when: null);

        Assert.Equal(
            WaitEstimator.Estimate(4, new WaitSeats(1, 0, 0), await TimesAsync(), RoutingSites.AcceptTimeout), asked.EstimatedWait);
    }

    [Fact]
    public async Task Options_OfBothChannels_SayHowLong_BeforeAnybodyChooses()
    {
        var options = new ContactOptionsService(_bench.Sites, _bench.Queue, _bench.Waits, _bench.Clock);
        Assert.All(await ChannelsAsync(), channel => Assert.Null(channel.EstimatedWait));
        await HandleAsync(Enough);
        await PassAsync(WaitEstimates.SharedFor);
        Assert.All(await ChannelsAsync(), channel => Assert.Equal(new WaitRange(0, 60), channel.EstimatedWait));
        await BeBusyAsync();
        await PassAsync(WaitEstimates.SharedFor);

        var expected = WaitEstimator.Estimate(1, new WaitSeats(1, 0, 0), await TimesAsync(), RoutingSites.AcceptTimeout);
        Assert.All(await ChannelsAsync(), channel => Assert.Equal(expected, channel.EstimatedWait));

        async Task<IReadOnlyList<Contracts.Http.ChannelOption>> ChannelsAsync() =>
            Accepted(await options.DescribeAsync(Shop, RoutingSites.Orders, CancellationToken.None)).Channels;
    }

    [Fact]
    public async Task ManyAsk_FactsAreReadOnceASecond()
    {
        var queue = new ObservedQueue(_bench.Queue);
        var waits = new WaitEstimates(queue, _bench.Sites, _bench.Clock);
        Assert.True(_bench.Sites.TryGet(Shop, out var site));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => waits.ReadSharedAsync(site!))).Within();
        Assert.Equal(1, queue.WaitReads);
        _bench.Clock.Advance(WaitEstimates.SharedFor);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => waits.ReadSharedAsync(site!))).Within();
        Assert.Equal(2, queue.WaitReads);
    }

    [Theory]
    [InlineData(0, WaitOutcomes.Sooner)]
    [InlineData(4, WaitOutcomes.Inside)]
    [InlineData(60, WaitOutcomes.Later)]
    public async Task Taken_IsHeldAgainstTheFirstRange_Once(int minutes, string outcome)
    {
        var heard = new List<(object?, object?, object?)>();
        using var listener = _bench.Meters.Listen<long>("copilot.wait_estimates", (_, of) => heard.Add((of["site"], of["queue"], of["outcome"])));
        await HandleAsync(Enough);
        await BeBusyAsync();
        await _bench.StartAsync("ahead");
        var chat = await _bench.StartAsync("cleo");
        Assert.True(chat.EstimatedWait is { MinSeconds: >= 60 and <= 240, MaxSeconds: >= 240 and < 3600 });
        await _bench.Outbox.DrainAsync(Shop);
        heard.Clear();

        await PassAsync(TimeSpan.FromMinutes(minutes));
        await EndAsync("ahead");
        await EndAsync("busy");
        await AcceptAsync();
        Accepted(await _bench.Service.TransferAsync(_anna, new TransferRequest("t", chat.ContactId, RoutingSites.Orders)));
        await PassAsync(RoutingRules.PassedOverFor);
        await _bench.Queue.FireDueTimersAsync(Shop, 100);
        await AcceptAsync();
        await _bench.Outbox.DrainAsync(Shop);

        Assert.Equal([(Shop, RoutingSites.Orders, outcome)], heard);
    }

    /// <summary>Chats of two minutes, one after the other, that nobody was told anything about.</summary>
    private async Task HandleAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Accepted(await _bench.Queue.EnqueueAsync(
                new NewContact("r", Shop, new CustomerInfo($"handled-{i}", Verified: false), RoutingSites.Orders, Text: null)));
            await AcceptAsync();
            await PassAsync(TimeSpan.FromMinutes(2));
            await EndAsync($"handled-{i}");
        }
    }

    private async Task BeBusyAsync()
    {
        Accepted(await _bench.Queue.EnqueueAsync(new NewContact("r", Shop, new CustomerInfo("busy", Verified: false), RoutingSites.Orders, Text: null)));
        await AcceptAsync();
    }

    private async Task AcceptAsync() =>
        Accepted(await _bench.Service.AcceptOfferAsync(_anna, new AcceptOfferRequest(await _bench.OfferIdAsync(_anna))));

    private async Task EndAsync(string customer)
    {
        var contact = Assert.Single(await _bench.Queue.ListOpenContactsAsync(Shop, customer));
        Accepted(await _bench.Queue.CloseAsync(new CloseCommand(Shop, contact.ContactId, Roles.Customer, customer, null)));
    }

    /// <summary>The agents' node is alive, and no timer is carried out.</summary>
    private async Task PassAsync(TimeSpan time, params string[] others)
    {
        _bench.Clock.Advance(time);
        await _bench.Queue.RenewPresenceAsync(Shop, [.. others.Append("anna").Select(agent => new AgentConnection(agent, $"{agent}-1"))]);
    }

    private static NewCallback Wanted(string customer, string phone) =>
        new("r", Shop, new CustomerInfo(customer, Verified: false), RoutingSites.Orders, phone, Note: null);

    private async Task<CallbackStatus> RequestAsync(string customer, string phone, DateTimeOffset? when) => Accepted(
        await _bench.Callbacks.RequestAsync(Customer(customer), new RequestCallbackRequest("r", RoutingSites.Orders, phone, when), address: null));

    private DateTimeOffset Midnight() => new(_bench.Clock.GetUtcNow().Date, TimeSpan.Zero);

    private async Task<HandlingTimes> TimesAsync()
    {
        var waits = await _bench.Queue.GetWaitsAsync(Shop);
        return waits.Lines.Single(line => line.Queue == RoutingSites.Orders).Times.AsOf(waits.At.ToUnixTimeMilliseconds());
    }
}
