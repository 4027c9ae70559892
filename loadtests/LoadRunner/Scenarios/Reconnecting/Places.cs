using System.Net.Sockets;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Reconnecting;

/// <summary>
/// Where customers connect: at some node, and when that refuses at once, at the next, as a load balancer in front of them would have it. Thread-safe.
/// </summary>
internal sealed class Places(WorkerContext worker, int customers, HubPings pings, HubDialect dialect)
{
    private readonly SourceAddresses _from = new(worker.Target, customers);
    private readonly ServerApi[] _apis = [.. worker.Target.Nodes.Select(node => new ServerApi(new HttpClient { BaseAddress = node }))];

    public int Count => _apis.Length;

    public string Topic => worker.Target.Queues[0];

    public async Task<string> InviteAsync(int place) =>
        (await _apis[place % Count].CreateCustomerAsync(new CustomerTokenRequest(worker.Target.Site))).Token;

    /// <param name="first">The node that is tried first.</param>
    /// <exception cref="SocketException">None of them takes connections.</exception>
    public async Task<LoadHub> ConnectAsync(int first, string token, IHubReceiver receiver, CancellationToken stop)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                var node = worker.Target.Nodes[(first + tried) % Count];
                var hub = await LoadHub.ConnectAsync(new Uri(node, "hubs/chat"), token, dialect, receiver, _from.Next(), stop);
                pings.Add(hub);
                return hub;
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && tried < Count)
            {
                // The next one.
            }
        }
    }
}
