using System.Globalization;
using System.Text.Json;
using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.ChatServer.Identity;

/// <summary>Accounts that all nodes share, while there is no history database to keep them.</summary>
internal sealed class RedisAccountStore(RedisConnections redis, ChatKeys names) : IAccountStore
{
    private static readonly RedisScript Add = Load("account_add");
    private static readonly RedisScript Find = Load("account_find");
    private static readonly RedisScript List = Load("account_list");
    private static readonly RedisScript Disable = Load("account_disable");
    private static readonly RedisScript Fail = Load("account_fail");
    private static readonly RedisScript Clear = Load("account_clear");

    private readonly RedisKey[] _keys = [names.AccountIds, names.Accounts, names.DisabledAccounts, names.AccountFailures, names.AccountLocks];

    public async Task<IReadOnlyList<string>> AddAllAsync(IReadOnlyList<Account> accounts, CancellationToken cancellationToken = default)
    {
        var taken = (RedisReply[])await redis.EvaluateAsync(Add, _keys, [.. accounts.SelectMany(Arguments)]);
        return [.. taken.Select(index => accounts[(int)index - 1].Email)];
    }

    public Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken = default) => FindAsync(Account.KeyOf(email), "");

    public Task<Account?> FindAsync(string agentId, CancellationToken cancellationToken = default) => FindAsync("", agentId);

    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default)
    {
        var rows = (RedisReply[])await redis.EvaluateAsync(List, _keys, []);
        return [.. rows.Select(Read).OrderBy(account => Account.KeyOf(account.Email), StringComparer.Ordinal)];
    }

    public async Task<bool> DisableAsync(string email, CancellationToken cancellationToken = default) =>
        (bool)await redis.EvaluateAsync(Disable, _keys, [Account.KeyOf(email)]);

    public async Task<int> RecordFailureAsync(
        string agentId, int limit, DateTimeOffset lockedUntil, CancellationToken cancellationToken = default) =>
        (int)await redis.EvaluateAsync(Fail, _keys, [agentId, limit, Milliseconds(lockedUntil)]);

    public Task ClearFailuresAsync(string agentId, CancellationToken cancellationToken = default) =>
        redis.EvaluateAsync(Clear, _keys, [agentId]);

    private static RedisScript Load(string name) => RedisScript.Load(typeof(RedisAccountStore).Assembly, name);

    private static RedisValue[] Arguments(Account account) =>
        [Account.KeyOf(account.Email), account.AgentId, Write(account), account.IsDisabled, Milliseconds(account.LockedUntil)];

    private static string Write(Account account) =>
        JsonSerializer.Serialize(account with { IsDisabled = false, LockedUntil = null }, IdentityJson.Default.Account);

    private static string Milliseconds(DateTimeOffset? moment) =>
        moment?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>From what the scripts answer of one account.</summary>
    private static Account Read(RedisReply row)
    {
        var fields = (RedisReply[])row;
        return JsonSerializer.Deserialize((string)fields[0]!, IdentityJson.Default.Account)! with
        {
            IsDisabled = (bool)fields[1],
            LockedUntil = string.IsNullOrEmpty((string?)fields[2]) ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)fields[2]),
        };
    }

    private async Task<Account?> FindAsync(string emailKey, string agentId)
    {
        var row = await redis.EvaluateAsync(Find, _keys, [emailKey, agentId]);
        return row.IsNull ? null : Read(row);
    }
}
