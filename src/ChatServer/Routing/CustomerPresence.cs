namespace CoPilot.ChatServer.Routing;

/// <summary>
/// The customers with connections to this node: it holds and renews the leases of their open chats, so that those of a node that dies run out. Thread-safe.
/// <para>What changed is told once a second and together: a page that a customer leaves for the next is no change by then, and all who come back after an
/// outage cost a few steps.</para>
/// </summary>
public sealed class CustomerPresence(IContactQueue queue, TimeProvider clock, ILogger<CustomerPresence> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<SiteCustomer, int> _connections = [];
    private readonly HashSet<SiteCustomer> _changed = [];
    private bool _fails;

    public void Connected(string siteId, string customerId)
    {
        var customer = new SiteCustomer(siteId, customerId);
        lock (_gate)
        {
            _connections[customer] = _connections.GetValueOrDefault(customer) + 1;
            _changed.Add(customer);
        }
    }

    public void Disconnected(string siteId, string customerId)
    {
        var customer = new SiteCustomer(siteId, customerId);
        lock (_gate)
        {
            if (_connections.GetValueOrDefault(customer) <= 1)
            {
                _connections.Remove(customer);
                _changed.Add(customer);
            }
            else
            {
                _connections[customer]--;
            }
        }
    }

    /// <summary>A chat of the customer was opened, which has no lease yet.</summary>
    public void Opened(string siteId, string customerId)
    {
        lock (_gate)
        {
            _changed.Add(new SiteCustomer(siteId, customerId));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var renewedAt = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var isRenewal = clock.GetElapsedTime(renewedAt) >= RoutingRules.CustomerRenewal;
                renewedAt = isRenewal ? clock.GetTimestamp() : renewedAt;
                foreach (var site in TakeChanged(alsoUnchanged: isRenewal).GroupBy(entry => entry.Customer.SiteId))
                {
                    await TellAsync(site.Key, [.. site], stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops; its customers go to another one, or their leases run out.
        }
    }

    private List<(SiteCustomer Customer, bool IsConnected)> TakeChanged(bool alsoUnchanged)
    {
        lock (_gate)
        {
            if (alsoUnchanged)
            {
                _changed.UnionWith(_connections.Keys);
            }

            List<(SiteCustomer, bool)> taken = [.. _changed.Select(customer => (customer, _connections.ContainsKey(customer)))];
            _changed.Clear();
            return taken;
        }
    }

    private async Task TellAsync(string siteId, IReadOnlyList<(SiteCustomer Customer, bool IsConnected)> entries, CancellationToken stopping)
    {
        try
        {
            await queue.HoldCustomersAsync(siteId, [.. entries.Where(entry => entry.IsConnected).Select(entry => entry.Customer.CustomerId)], stopping);
            await queue.ReleaseCustomersAsync(siteId, [.. entries.Where(entry => !entry.IsConnected).Select(entry => entry.Customer.CustomerId)], stopping);
            _fails = false;
        }
#pragma warning disable CA1031 // A store out of reach now may answer a second later; the lease allows many failures.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (!_fails)
            {
                RoutingLog.CustomersNotRenewed(logger, siteId, error);
            }

            _fails = true;
            TakeBack(entries);
        }
    }

    private void TakeBack(IReadOnlyList<(SiteCustomer Customer, bool IsConnected)> entries)
    {
        lock (_gate)
        {
            _changed.UnionWith(entries.Select(entry => entry.Customer));
        }
    }

    private readonly record struct SiteCustomer(string SiteId, string CustomerId);
}
