using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Takes dead nodes out of everything that they had entered themselves in: what no message leads to any more would stay for ever. The living node whose id sorts
/// first does it, in small steps; twice does no harm. Called by one thread at a time, except <see cref="Want"/>.
/// </summary>
internal sealed class DeadNodeSweep(string hub, RedisConnections redis, NodeBus bus, ILogger logger)
{
    /// <summary>About so many names are looked at in one step, which is well under a millisecond of Redis' time.</summary>
    private const int NamesAtOnce = 200;

    private static readonly RedisScript Sweep = RedisScript.Load(typeof(DeadNodeSweep).Assembly, "backplane_sweep");

    private readonly RedisKeys _keys = new(redis.KeyPrefix);
    private int _isWanted = 1;

    /// <summary>Some node may have died.</summary>
    public void Want() => Volatile.Write(ref _isWanted, 1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isWanted) == 0 || !bus.IsReady || !IsFirst())
        {
            return;
        }

        Volatile.Write(ref _isWanted, 0);
        try
        {
            if (!await TrySweepAsync(cancellationToken))
            {
                Want();
            }
        }
#pragma warning disable CA1031 // What Redis refuses here costs some memory there; a node that stopped for it would cost more.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Want();
            BackplaneLog.SweepFailed(logger, hub, error);
        }
    }

    /// <summary>False when a node is missing of which it is not known yet whether it is dead.</summary>
    private async Task<bool> TrySweepAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var node in Array.ConvertAll((RedisReply[])await redis.ExecuteAsync("SMEMBERS", _keys.HubNodes(hub)), node => (string)node))
        {
            if (!bus.LiveNodes.Contains(node))
            {
                missing.Add(node);
            }
        }

        var dead = missing.FindAll(node => !bus.IsAlive(node));
        if (dead.Count > 0)
        {
            await TakeOutAsync(dead, cancellationToken);
        }

        return dead.Count == missing.Count;
    }

    private async Task TakeOutAsync(List<string> dead, CancellationToken cancellationToken)
    {
        for (var bucket = 0; bucket < Membership.Buckets; bucket++)
        {
            // Taken for dead and heard again meanwhile, a node enters itself anew; that stays.
            dead.RemoveAll(bus.IsAlive);
            await SweepBucketAsync(bucket, dead, cancellationToken);
        }

        dead.RemoveAll(bus.IsAlive);
        foreach (var node in dead)
        {
            await redis.ExecuteAsync("SREM", _keys.HubNodes(hub), node);
        }

        BackplaneLog.Swept(logger, dead.Count, hub);
    }

    private async Task SweepBucketAsync(int bucket, List<string> dead, CancellationToken cancellationToken)
    {
        var arguments = new RedisValue[2 + dead.Count];
        (arguments[0], arguments[1]) = ("0", NamesAtOnce);
        for (var i = 0; i < dead.Count; i++)
        {
            arguments[2 + i] = dead[i];
        }

        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            arguments[0] = (string)(await redis.EvaluateAsync(Sweep, [_keys.HubBucket(hub, bucket)], arguments))!;
        }
        while (arguments[0] != "0");
    }

    private bool IsFirst()
    {
        foreach (var node in bus.LiveNodes)
        {
            if (string.CompareOrdinal(node, bus.NodeId) < 0)
            {
                return false;
            }
        }

        return true;
    }
}
