using CoPilot.Realtime.Outcomes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Customers who are there or not, and who answer or not.</summary>
internal sealed partial class RedisContactQueue
{
    public Task HoldCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default) =>
        ForCustomersAsync(RedisRoutingScripts.HoldCustomers, siteId, customerIds, cancellationToken);

    public Task ReleaseCustomersAsync(string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken = default) =>
        ForCustomersAsync(RedisRoutingScripts.ReleaseCustomers, siteId, customerIds, cancellationToken);

    public Task<Outcome<Contact>> SettleInactivityAsync(InactivityCommand command, CancellationToken cancellationToken = default) =>
        DecideAsync(
            RedisRoutingScripts.SettleInactivity,
            command.SiteId,
            RoutingRefusals.NotActive,
            [command.ContactId, command.Fence, MillisecondsOf(command.LookAgainAt)],
            cancellationToken);

    private async Task ForCustomersAsync(
        RedisScript script, string siteId, IReadOnlyList<string> customerIds, CancellationToken cancellationToken)
    {
        if (_sites.Find(siteId) is { } site)
        {
            foreach (var some in customerIds.Chunk(AtOnce))
            {
                await StepAsync(script, site, Array.ConvertAll(some, customerId => (RedisValue)customerId), cancellationToken);
            }
        }
    }
}
