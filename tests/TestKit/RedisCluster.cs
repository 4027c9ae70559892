using System.Globalization;

namespace CoPilot.TestKit;

/// <summary>
/// A Redis Cluster of the test's own: primaries without replicas, each with an equal share of the slots. A member that dies takes its own slots with it and
/// no others.
/// </summary>
public sealed class RedisCluster : IAsyncDisposable
{
    public const int Slots = 16_384;

    private readonly List<RedisServer> _members = [];
    private readonly List<PortLease> _busPorts = [];

    private RedisCluster()
    {
    }

    public IReadOnlyList<RedisServer> Members => _members;

    /// <summary>For <c>ConnectionStrings:Redis</c>.</summary>
    public string Configuration => string.Join(',', _members.Select(member => member.Configuration));

    /// <param name="arguments">For each member, as on Redis' own command line.</param>
    public static async Task<RedisCluster> StartAsync(params string[] arguments)
    {
        var cluster = new RedisCluster();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                await cluster.AddMemberAsync(arguments);
            }

            await cluster.FormAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The hash slot of a key, with its hash tag.</summary>
    public async Task<int> SlotOfAsync(string key) => (int)(long)(await Living().CommandAsync("CLUSTER", "KEYSLOT", key))!;

    /// <summary>The member that owned the key's slot at the start; <see cref="MoveSlotAsync"/> is not followed.</summary>
    public async Task<RedisServer> OwnerOfAsync(string key)
    {
        var slot = await SlotOfAsync(key);
        return _members[Enumerable.Range(0, _members.Count).First(member => slot < FirstSlot(member + 1))];
    }

    /// <summary>Gives an empty slot to another member: the old owner answers MOVED from then on.</summary>
    public async Task MoveSlotAsync(int slot, RedisServer target)
    {
        var word = slot.ToString(CultureInfo.InvariantCulture);
        var id = (string)(await target.CommandAsync("CLUSTER", "MYID"))!;
        await target.CommandAsync("CLUSTER", "SETSLOT", word, "NODE", id);
        foreach (var member in _members.Where(member => member != target && !member.HasEnded))
        {
            await member.CommandAsync("CLUSTER", "SETSLOT", word, "NODE", id);
        }
    }

    /// <summary>Every key of every member, sorted.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync()
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var member in _members.Where(member => !member.HasEnded))
        {
            keys.UnionWith(await member.KeysAsync());
        }

        return [.. keys];
    }

    /// <summary>Returns when every member that lives sees the cluster so; <c>ok</c> is what it also says while some slots have no owner.</summary>
    public async Task StateIsAsync(string state)
    {
        foreach (var member in _members.Where(member => !member.HasEnded))
        {
            await StateIsAsync(member, state);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }

        _busPorts.ForEach(port => port.Dispose());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private RedisServer Living() => _members.First(member => !member.HasEnded);

    private int FirstSlot(int member) => member * Slots / _members.Count;

    private async Task AddMemberAsync(string[] arguments)
    {
        // Not the usual port + 10,000: systems take outgoing ports from that range.
        var busPort = PortLease.Take();
        _busPorts.Add(busPort);
        _members.Add(await RedisServer.StartAsync(
        [
            "--cluster-enabled", "yes", "--cluster-port", Text(busPort.Number), "--cluster-node-timeout", "2000",
            "--cluster-require-full-coverage", "no", .. arguments,
        ]));
    }

    private async Task FormAsync()
    {
        for (var i = 0; i < _members.Count; i++)
        {
            await _members[i].CommandAsync("CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
            await _members[i].CommandAsync("CLUSTER", "ADDSLOTSRANGE", Text(FirstSlot(i)), Text(FirstSlot(i + 1) - 1));
        }

        for (var i = 1; i < _members.Count; i++)
        {
            await _members[0].CommandAsync("CLUSTER", "MEET", "127.0.0.1", Text(_members[i].Port), Text(_busPorts[i].Number));
        }

        foreach (var member in _members)
        {
            await Eventually.TrueAsync(() => KnowsAllAsync(member));
            await StateIsAsync(member, "ok");
        }
    }

    private async Task<bool> KnowsAllAsync(RedisServer member) =>
        await FieldAsync(member, "cluster_slots_ok") == Text(Slots) && await FieldAsync(member, "cluster_size") == Text(_members.Count);

    private static Task StateIsAsync(RedisServer member, string state) =>
        Eventually.TrueAsync(async () => await FieldAsync(member, "cluster_state") == state);

    private static async Task<string?> FieldAsync(RedisServer member, string field)
    {
        var info = (string)(await member.CommandAsync("CLUSTER", "INFO"))!;
        return Array.Find(info.Split("\r\n"), line => line.StartsWith(field + ":", StringComparison.Ordinal))?[(field.Length + 1)..];
    }
}
