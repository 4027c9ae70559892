using System.Collections.Immutable;
using System.Text;
using CoPilot.Realtime.Nodes;
using Microsoft.Extensions.Hosting;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Hands what arrives on this node's channel to the hub that it is for, and gives every hub its turn to tidy up. Thread-safe. Made before the node bus starts.
/// </summary>
internal sealed class BackplanePump : BackgroundService
{
    /// <summary>How long a client's answer that got lost, or what a dead node left, stays unnoticed.</summary>
    public static readonly TimeSpan TendEvery = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stopping = new();
    private ImmutableArray<(byte[] Name, IBackplaneHub Hub)> _hubs = [];

    public BackplanePump(NodeBus bus, TimeProvider clock)
    {
        _clock = clock;
        foreach (var kind in BackplaneFrame.Kinds)
        {
            bus.Handle(kind, body => Dispatch(kind, body));
        }

        bus.OnRecovery((_, cancellationToken) => RecoverAsync(cancellationToken));
        bus.OnNodesLost(NodesLost);
    }

    /// <summary>Ends what hubs try again and again.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Attach(IBackplaneHub hub) =>
        ImmutableInterlocked.Update(ref _hubs, hubs => hubs.Add((Encoding.UTF8.GetBytes(hub.HubName), hub)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ForEachHubAsync(hub => hub.LeaveAsync());
        await _stopping.CancelAsync();
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TendEvery, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TendAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    internal Task TendAsync(CancellationToken cancellationToken) => ForEachHubAsync(hub => hub.TendAsync(cancellationToken));

    private async Task ForEachHubAsync(Func<IBackplaneHub, Task> step)
    {
        foreach (var (_, hub) in _hubs)
        {
            try
            {
                await step(hub);
            }
            catch (StoreUnavailableException)
            {
                // The node bus says so in the log. The next turn tries again; what a node that stops cannot take back, another takes out.
            }
        }
    }

    /// <summary>Frames for hubs that this node does not have are passed over.</summary>
    private void Dispatch(byte kind, ReadOnlyMemory<byte> body)
    {
        var frame = new FrameReader(body);
        var name = frame.Bytes();
        foreach (var (hubName, hub) in _hubs)
        {
            if (name.Span.SequenceEqual(hubName))
            {
                hub.Receive(kind, ref frame);
                return;
            }
        }
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, hub) in _hubs)
        {
            await hub.RecoverAsync(cancellationToken);
        }
    }

    private void NodesLost(IReadOnlyCollection<string> nodeIds)
    {
        foreach (var (_, hub) in _hubs)
        {
            hub.NodesLost(nodeIds);
        }
    }
}
