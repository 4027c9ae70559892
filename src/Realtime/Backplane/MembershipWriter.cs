using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.Realtime.Backplane;

/// <summary>Writes changes of membership to Redis in scripts of a bounded size. One <see cref="WriteAsync"/> at a time.</summary>
internal sealed class MembershipWriter(string hub, RedisConnections redis, string nodeId)
{
    /// <summary>Names of one script: far below a millisecond of Redis' time.</summary>
    private const int NamesAtOnce = 200;

    /// <summary>Scripts on their way at the same time, so that a node that enters everything anew leaves room for messages between them.</summary>
    private const int ScriptsAtOnce = Membership.Buckets;

    private static readonly RedisScript Register = RedisScript.Load(typeof(MembershipWriter).Assembly, "backplane_register");

    private readonly RedisKeys _keys = new(redis.KeyPrefix);
    private volatile bool _isListed;

    /// <summary>Redis may not know this node any more.</summary>
    public void Forget() => _isListed = false;

    /// <summary>After the last entry is gone: nobody needs to clean up after this node.</summary>
    public Task LeaveAsync() => redis.ExecuteAsync("SREM", _keys.HubNodes(hub), nodeId);

    /// <summary>Sets <c>Failure</c> on each change that may not have been made.</summary>
    public async Task WriteAsync(List<Memberships.Change> changes)
    {
        if (await ListAsync() is { } failure)
        {
            changes.ForEach(change => change.Failure = failure);
            return;
        }

        if (changes.Count == 1)
        {
            await WriteBucketAsync(Membership.BucketOf(changes[0].Membership.Field), changes, 0, 1);
            return;
        }

        var writes = new List<Task>(ScriptsAtOnce);
        foreach (var bucket in changes.GroupBy(change => Membership.BucketOf(change.Membership.Field)))
        {
            List<Memberships.Change> ordered = [.. bucket];
            for (var start = 0; start < ordered.Count; start += NamesAtOnce)
            {
                writes.Add(WriteBucketAsync(bucket.Key, ordered, start, Math.Min(NamesAtOnce, ordered.Count - start)));
                if (writes.Count == ScriptsAtOnce)
                {
                    await Task.WhenAll(writes);
                    writes.Clear();
                }
            }
        }

        await Task.WhenAll(writes);
    }

    /// <summary>On the list of nodes before its first entry: whoever cleans up after a dead node goes by that list.</summary>
    private async Task<StoreUnavailableException?> ListAsync()
    {
        if (_isListed)
        {
            return null;
        }

        try
        {
            _isListed = true;
            await redis.ExecuteAsync("SADD", _keys.HubNodes(hub), nodeId);
            return null;
        }
#pragma warning disable CA1031 // Whatever it was, the change was not made and is tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _isListed = false;
            return Failed(error);
        }
    }

    private static StoreUnavailableException Failed(Exception error) =>
        error as StoreUnavailableException ?? new StoreUnavailableException("Redis refused a change of membership.", error);

    private async Task WriteBucketAsync(int bucket, List<Memberships.Change> changes, int start, int count)
    {
        var arguments = new RedisValue[2 + count];
        var enter = 0;
        var leave = 0;
        for (var i = start; i < start + count; i++)
        {
            var change = changes[i];
            arguments[change.IsMember ? 2 + enter++ : 1 + count - leave++] = change.Membership.Field;
        }

        (arguments[0], arguments[1]) = (nodeId, enter);
        try
        {
            await redis.EvaluateAsync(Register, [_keys.HubBucket(hub, bucket)], arguments);
        }
#pragma warning disable CA1031 // Whatever it was, the changes were not made and are tried again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var failure = Failed(error);
            for (var i = start; i < start + count; i++)
            {
                changes[i].Failure = failure;
            }
        }
    }
}
