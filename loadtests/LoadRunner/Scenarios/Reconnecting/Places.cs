using System.Net.Sockets;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Reconnecting;

/// <summary>
/// Where customers connect: at some node, and when that refuses at once, at the next, as a load balancer in front of them would have it. Thread-safe.
/// </summary>
internal sealed class Places : IAsyncDisposable
{
    private readonly Target _target;
    private readonly HubDialect _dialect;
    private readonly SourceAddresses _from;
    private readonly HttpClient[] _http;
    private readonly HubPings _pings = HubPings.Begin();

    private Places(WorkerContext worker, int customers, HubDialect dialect)
    {
        (_target, _dialect) = (worker.Target, dialect);
        _from = new SourceAddresses(_target, customers);
        _http = [.. _target.Nodes.Select(node => new HttpClient { BaseAddress = node })];
    }

    public int Count => _http.Length;

    /// <param name="customers">Of all workers together.</param>
    public static Places Open(WorkerContext worker, int customers, HubDialect dialect) => new(worker, customers, dialect);

    public string Topic => _target.Queues[0];

    public async Task<string> InviteAsync(int place) =>
        (await new ServerApi(_http[place % Count]).CreateCustomerAsync(new CustomerTokenRequest(_target.Site))).Token;

    /// <param name="first">The node that is tried first.</param>
    /// <exception cref="SocketException">None of them takes connections.</exception>
    public async Task<LoadHub> ConnectAsync(int first, string token, IHubReceiver receiver, CancellationToken stop)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                var node = _target.Nodes[(first + tried) % Count];
                var hub = await LoadHub.ConnectAsync(new Uri(node, "hubs/chat"), token, _dialect, receiver, _from.Next(), stop);
                _pings.Add(hub);
                return hub;
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && tried < Count)
            {
                // The next one.
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var http in _http)
        {
            http.Dispose();
        }

        return _pings.DisposeAsync();
    }
}
