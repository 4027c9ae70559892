using CoPilot.ChatServer.Routing;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.TestKit;

namespace CoPilot.RoutingCost;

/// <summary>One round of steps at one line, after which it is as long as before: six come, and as many leave at the other end.</summary>
internal sealed class Round(Line line, ManualTimeProvider clock, StepCosts costs)
{
    /// <summary>As many as the pump asks for.</summary>
    private const int TimersAtOnce = 100;

    /// <summary>As many as one of the embedded engine's pages, and less than one of Redis' calls.</summary>
    private const int CustomersAtOnce = 100;

    private const int Arrivals = 6;

    private readonly IContactQueue _queue = line.Queue;
    private readonly string _site = line.Site;

    public async Task RunAsync()
    {
        await WarmUpAsync();
        var last = await ArriveAsync();
        await LookAsync(last);
        var declined = await ServeAsync();
        var missed = await MissAsync();
        await LeaveAsync(declined);
        await LeaveAsync(missed);
        while (line.Waiting.Count > line.Length)
        {
            await LeaveAsync(line.Waiting[0].ContactId);
        }

        await BeCalledAsync();
        await RenewAsync();
        await MeasureAsync("GetLine", () => _queue.GetLineAsync(_site, LineSites.Orders));
        await line.ForgetEffectsAsync();
    }

    /// <summary>All customers' leases are renewed in one call, as every twenty seconds.</summary>
    public Task RenewAllCustomersAsync() => MeasureAsync("renew the leases of all customers in line", async () =>
    {
        await line.HoldCustomersAsync();
        return true;
    });

    /// <summary>As many timers are due together as stand in line: as if a node with all of them had died.</summary>
    public Task FireTogetherAsync() => MeasureAsync("fire 100 of as many due timers as stand in line", () => _queue.FireDueTimersAsync(_site, TimersAtOnce));

    /// <summary>Somebody comes and goes who is not measured: the round before read the whole of another line, and left the processor's caches full of that.</summary>
    private async Task WarmUpAsync() => Line.Accepted(await line.CloseAsync(await line.EnqueueAsync()));

    private async Task<Contact> ArriveAsync()
    {
        Contact? last = null;
        for (var i = 0; i < Arrivals; i++)
        {
            line.Came(last = await MeasureAsync("arrive (StartChat)", line.EnqueueAsync));
        }

        return last!;
    }

    private async Task LookAsync(Contact last)
    {
        await MeasureAsync("find the position of who came last (StartChat)", () => _queue.GetPositionAsync(_site, last.ContactId));
        await MeasureAsync("find the position in the middle", () => _queue.GetPositionAsync(_site, line.Waiting[line.Waiting.Count / 2].ContactId));
        await MeasureAsync("keep the wait shown (StartChat)", async () =>
        {
            await _queue.KeepShownWaitsAsync(_site, [new WaitShown(last.ContactId, new WaitRange(60, 120))]);
            return true;
        });
        await MeasureAsync("GetQueues", () => _queue.GetQueuesAsync(_site));
        await MeasureAsync("GetWaits", () => _queue.GetWaitsAsync(_site));
        await MeasureAsync("read what supervisors see, a line listed", () => _queue.GetSiteAsync(_site, [LineSites.Orders], isWatched: true));
    }

    /// <summary>Answers who was declined: they stand where they stood.</summary>
    private async Task<string> ServeAsync()
    {
        var offered = await SetStatusAsync("become available, offer made", AgentStatuses.Available);
        await MeasureAsync("decline, next offered", () => _queue.DeclineOfferAsync(_site, Line.Anna, offered.OfferId));
        var first = await AcceptAsync();
        Line.Accepted(await MeasureAsync("close, next offered (EndChat)", () => _queue.CloseAsync(
            new CloseCommand(_site, first.ContactId, Roles.Agent, Line.Anna, null))));
        var second = await AcceptAsync();
        Line.Accepted(await MeasureAsync("transfer to a queue, next offered", () => _queue.TransferAsync(
            new TransferCommand(second.ContactId, _site, second.ContactId, Line.Anna, LineSites.Returns, null))));
        Line.Accepted(await MeasureAsync("go away, offer taken back", () => _queue.SetStatusAsync(_site, Line.Anna, AgentStatuses.Away)));
        Line.Accepted(await line.CloseAsync(second));
        return offered.Contact.ContactId;
    }

    private async Task<Contact> AcceptAsync()
    {
        var offer = await line.OfferAsync(Line.Anna);
        var contact = Line.Accepted(await MeasureAsync("accept (AcceptOffer)", () => _queue.AcceptOfferAsync(_site, Line.Anna, offer)));
        line.Left(contact.ContactId);
        return contact;
    }

    /// <summary>Answers whose offer nobody answered.</summary>
    private async Task<string> MissAsync()
    {
        var offered = await SetStatusAsync(step: null, AgentStatuses.Available);
        await MeasureAsync("fire timers, nothing due", () => _queue.FireDueTimersAsync(_site, TimersAtOnce));
        clock.Advance(LineSites.AcceptTimeout);
        await MeasureAsync("fire timers, an offer expires, next offered", () => _queue.FireDueTimersAsync(_site, TimersAtOnce));
        await SetStatusAwayAsync();
        return offered.Contact.ContactId;
    }

    private async Task LeaveAsync(string contactId)
    {
        var contact = line.Waiting.First(waiting => waiting.ContactId == contactId);
        Line.Accepted(await MeasureAsync("leave the line", () => line.CloseAsync(contact)));
        line.Left(contactId);
    }

    private async Task BeCalledAsync()
    {
        var customer = line.NewCustomer();
        var later = new DateTimeOffset(clock.GetUtcNow().Date, TimeSpan.Zero).AddDays(1) + LineSites.SlotLength;
        var callback = Line.Accepted(await MeasureAsync("request a call-back for now", () => _queue.RequestCallbackAsync(
            new NewCallback("r", _site, customer, LineSites.Orders, line.NewPhone(), null))));
        Line.Accepted(await MeasureAsync("reschedule it to tomorrow", () => _queue.RescheduleCallbackAsync(
            new RescheduleCallbackCommand(_site, callback.ContactId, customer.CustomerId, later))));
        Line.Accepted(await MeasureAsync("reschedule it to now", () => _queue.RescheduleCallbackAsync(
            new RescheduleCallbackCommand(_site, callback.ContactId, customer.CustomerId, null))));
        Line.Accepted(await MeasureAsync("cancel it", () => line.CloseAsync(callback)));
    }

    private async Task RenewAsync()
    {
        await MeasureAsync("renew the leases of 21 agents", async () =>
        {
            await line.RenewAsync();
            return true;
        });
        if (line.Length >= CustomersAtOnce)
        {
            var some = line.Waiting.Take(CustomersAtOnce).Select(contact => contact.Customer.CustomerId).ToList();
            await MeasureAsync("renew the leases of 100 customers", async () =>
            {
                await _queue.HoldCustomersAsync(_site, some);
                return true;
            });
        }
    }

    private async Task<Offer> SetStatusAsync(string? step, string status)
    {
        var agent = Line.Accepted(step is null
            ? await _queue.SetStatusAsync(_site, Line.Anna, status)
            : await MeasureAsync(step, () => _queue.SetStatusAsync(_site, Line.Anna, status)));
        return agent.Offer ?? throw new InvalidOperationException("Nobody was offered.");
    }

    private async Task SetStatusAwayAsync() => Line.Accepted(await _queue.SetStatusAsync(_site, Line.Anna, AgentStatuses.Away));

    private Task<T> MeasureAsync<T>(string step, Func<Task<T>> act) => costs.MeasureAsync(step, line.Length, act);
}
