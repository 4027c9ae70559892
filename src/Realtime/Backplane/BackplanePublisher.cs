using CoPilot.Realtime.Nodes;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.Realtime.Backplane;

/// <summary>
/// Finds the nodes that have members of a name and tells them, in one round trip: the script that reads the memberships publishes. A node that is dead is taken out
/// of what led to it. Thread-safe; Redis out of reach is <see cref="StoreUnavailableException"/>.
/// </summary>
internal sealed class BackplanePublisher(string hub, RedisConnections redis, NodeBus bus)
{
    private static readonly RedisScript Publish = RedisScript.Load(typeof(BackplanePublisher).Assembly, "backplane_publish");
    private static readonly RedisScript PublishAll = RedisScript.Load(typeof(BackplanePublisher).Assembly, "backplane_publish_all");
    private static readonly RedisScript Register = RedisScript.Load(typeof(BackplanePublisher).Assembly, "backplane_register");

    private readonly RedisKeys _keys = new(redis.KeyPrefix);

    public Task ToAllAsync(byte[] frame) => redis.EvaluateAsync(PublishAll, [_keys.Nodes], [bus.NodeId, bus.ChannelPrefix, frame]);

    public Task ToNodeAsync(string nodeId, byte[] frame) => bus.PublishAsync(nodeId, frame);

    /// <summary>Answers one node that was told and is not known to be dead; null when there is none.</summary>
    public async Task<string?> ToAsync(Membership membership, byte[] frame)
    {
        var field = membership.Field;
        return await ToBucketAsync(Membership.BucketOf(field), [field], frame);
    }

    /// <summary>A node is told once for each bucket that it has members in; the frame is made for the names of that bucket.</summary>
    public Task ToManyAsync(MembershipKind kind, IReadOnlyList<string> names, Func<IReadOnlyList<string>, byte[]> frame)
    {
        if (names.Count == 1)
        {
            return ToAsync(new Membership(kind, names[0]), frame(names));
        }

        var buckets = new Dictionary<int, (List<string> Names, List<string> Fields)>();
        for (var i = 0; i < names.Count; i++)
        {
            var field = new Membership(kind, names[i]).Field;
            var bucket = Membership.BucketOf(field);
            if (!buckets.TryGetValue(bucket, out var found))
            {
                buckets.Add(bucket, found = ([], []));
            }

            found.Names.Add(names[i]);
            found.Fields.Add(field);
        }

        var publishing = new List<Task>(buckets.Count);
        foreach (var (bucket, (ofBucket, fields)) in buckets)
        {
            publishing.Add(ToBucketAsync(bucket, fields, frame(ofBucket)));
        }

        return Task.WhenAll(publishing);
    }

    /// <summary>
    /// Redis, or every member of a cluster, learns the scripts while nobody sends: a first message that is sent again in full could be overtaken by the second.
    /// </summary>
    public async Task PrepareAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Membership.Buckets).Select(bucket => ToBucketAsync(bucket, [], [])));
        await redis.EvaluateAsync(PublishAll, [_keys.Nothing], [bus.NodeId, bus.ChannelPrefix, Array.Empty<byte>()]);
    }

    private async Task<string?> ToBucketAsync(int bucket, List<string> fields, byte[] frame)
    {
        var arguments = new RedisValue[3 + fields.Count];
        (arguments[0], arguments[1], arguments[2]) = (bus.NodeId, bus.ChannelPrefix, frame);
        for (var i = 0; i < fields.Count; i++)
        {
            arguments[3 + i] = fields[i];
        }

        var told = (RedisReply[])await redis.EvaluateAsync(Publish, [_keys.HubBucket(hub, bucket)], arguments);
        string? living = null;
        foreach (var value in told)
        {
            var node = (string)value;
            if (bus.IsAlive(node))
            {
                living = node;
            }
            else
            {
                await TakeOutAsync(node, bucket, fields);
            }
        }

        return living;
    }

    private async Task TakeOutAsync(string deadNode, int bucket, List<string> fields)
    {
        var arguments = new RedisValue[2 + fields.Count];
        (arguments[0], arguments[1]) = (deadNode, 0);
        for (var i = 0; i < fields.Count; i++)
        {
            arguments[2 + i] = fields[i];
        }

        await redis.EvaluateAsync(Register, [_keys.HubBucket(hub, bucket)], arguments);
    }
}
