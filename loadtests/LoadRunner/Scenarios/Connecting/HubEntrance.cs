using System.Collections.Concurrent;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Connecting;

/// <summary>Customers, or connections that are nobody's, at a hub: to one node after the other.</summary>
internal sealed class HubEntrance(WorkerContext worker, SourceAddresses from, string path, HubDialect dialect, bool withTokens) : IEntrance
{
    private const int InvitedAtOnce = 16;

    private readonly ConcurrentQueue<(Uri Hub, string? Token)> _invited = [];
    private readonly HubPings _pings = HubPings.Begin();

    public async Task InviteAsync(int people, CancellationToken stop)
    {
        var nodes = worker.Target.Nodes;
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = InvitedAtOnce };
        var clients = nodes.Select(node => new HttpClient(handler, disposeHandler: false) { BaseAddress = node }).ToList();
        await Parallel.ForAsync(0, people, new ParallelOptions { MaxDegreeOfParallelism = InvitedAtOnce, CancellationToken = stop }, async (number, _) =>
        {
            var node = (number + worker.Index) % nodes.Count;
            var token = withTokens ? (await new ServerApi(clients[node]).CreateCustomerAsync(new CustomerTokenRequest(worker.Target.Site))).Token : null;
            _invited.Enqueue((new Uri(nodes[node], path), token));
        });
        clients.ForEach(client => client.Dispose());
    }

    public async Task<IDisposable?> ConnectNextAsync(Action<Exception> lost, CancellationToken stop)
    {
        if (!_invited.TryDequeue(out var next))
        {
            return null;
        }

        var hub = await LoadHub.ConnectAsync(next.Hub, next.Token, dialect, new Silence(lost), from.Next(), stop);
        _pings.Add(hub);
        return hub;
    }

    public ValueTask DisposeAsync() => _pings.DisposeAsync();

    /// <summary>Whatever the server says is not what this is about.</summary>
    private sealed class Silence(Action<Exception> lost) : IHubReceiver
    {
        public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
        {
        }

        public void Ended(LoadHub hub, Exception? error)
        {
            if (error is not null)
            {
                lost(error);
            }
        }
    }
}
