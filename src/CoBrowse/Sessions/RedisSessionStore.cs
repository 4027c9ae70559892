using CoPilot.CoBrowse.Auditing;
using CoPilot.CoBrowse.Redis;
using CoPilot.Contracts;
using CoPilot.Realtime.Redis;
using StackExchange.Redis;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>The engine of several nodes: a script for each step, in the site's slot.</summary>
/// <param name="redisClock">Taken for Redis' own by tests.</param>
internal sealed class RedisSessionStore(RedisConnections redis, CoBrowseKeys keys, TimeProvider? redisClock = null) : ISessionStore
{
    private const string ClockLibrary = "session_lib_clock";

    /// <summary>Twice what is promised.</summary>
    private static readonly long RequestMemory = 2 * (long)Limits.RequestMemory.TotalMilliseconds;

    private static readonly long LateAfter = (long)ISessionStore.LateAfter.TotalMilliseconds;

    private static readonly RedisScript AgentRead = Load("session_agent_read");
    private static readonly RedisScript Add = Load("session_add");
    private static readonly RedisScript Read = Load("session_read");
    private static readonly RedisScript Replace = Load("session_replace");
    private static readonly RedisScript Due = Load("session_due");

    public async Task<AgentSessions> ReadAgentAsync(string siteId, string agentId, string requestId, CancellationToken cancellationToken = default)
    {
        var reply = (RedisReply[])(await redis.EvaluateAsync(
            AgentRead, [keys.Number(siteId), keys.Agent(siteId, agentId), keys.Request(siteId, agentId, requestId)], [GivenMoment()]))!;
        var open = new string[reply.Length - 3];
        for (var i = 0; i < open.Length; i++)
        {
            open[i] = (string)reply[i + 3]!;
        }

        Array.Sort(open, StringComparer.Ordinal);
        return new AgentSessions((long)reply[1], open, (string?)reply[2], Moment(reply[0]));
    }

    public async Task<AddedSession> AddAsync(SessionWriting added, AgentSessions read, CancellationToken cancellationToken = default)
    {
        var session = added.Session;
        var arguments = new List<RedisValue>
        {
            GivenMoment(),
            read.Now.ToUnixTimeMilliseconds(),
            LateAfter,
            read.LastNumber,
            session.SessionId,
            SessionJson.Write(session),
            session.Finder,
            added.DueAt!.Value.ToUnixTimeMilliseconds(),
            RequestMemory,
            read.OpenSessionIds.Count,
        };
        foreach (var open in read.OpenSessionIds)
        {
            arguments.Add(open);
        }

        AddEntries(arguments, added);
        var site = session.SiteId;
        var reply = (int)await redis.EvaluateAsync(
            Add,
            [
                keys.Number(site), keys.Agent(site, session.AgentId), keys.Request(site, session.AgentId, session.RequestId), keys.Codes(site),
                keys.Due(site), keys.Session(site, session.SessionId), keys.Audit(site, session.SessionId), keys.Numbers(site),
            ],
            [.. arguments]);
        return reply switch
        {
            1 => AddedSession.Added,
            2 => AddedSession.FinderTaken,
            _ => AddedSession.Changed,
        };
    }

    public async Task<SessionReading?> FindAsync(string siteId, string sessionId, CancellationToken cancellationToken = default)
    {
        var reply = (RedisReply[])(await redis.EvaluateAsync(Read, [keys.Session(siteId, sessionId)], [GivenMoment()]))!;
        return (string?)reply[1] is { } document
            ? new SessionReading(SessionJson.ReadSession(document), (long)reply[2], Moment(reply[0]))
            : null;
    }

    public async Task<string?> FindByCodeAsync(string siteId, string finder, CancellationToken cancellationToken = default) =>
        (string?)await redis.ExecuteAsync("HGET", keys.Codes(siteId), finder);

    public async Task<bool> ReplaceAsync(SessionReading read, SessionWriting writing, CancellationToken cancellationToken = default)
    {
        var session = writing.Session;
        var arguments = new List<RedisValue>
        {
            GivenMoment(),
            read.Now.ToUnixTimeMilliseconds(),
            LateAfter,
            read.Version,
            session.SessionId,
            SessionJson.Write(session),
            session.Finder is null ? read.Session.Finder ?? "" : "",
            session.IsEnded ? 0 : 1,
            writing.DueAt is { } due ? due.ToUnixTimeMilliseconds() : "",
        };
        AddEntries(arguments, writing);
        var site = session.SiteId;
        return (bool)await redis.EvaluateAsync(
            Replace,
            [
                keys.Session(site, session.SessionId), keys.Audit(site, session.SessionId), keys.Codes(site), keys.Agent(site, session.AgentId),
                keys.Due(site),
            ],
            [.. arguments]);
    }

    public async Task<IReadOnlyList<string>> ListOpenAsync(string siteId, string agentId, CancellationToken cancellationToken = default) =>
        Texts(await redis.ExecuteAsync("SMEMBERS", keys.Agent(siteId, agentId)));

    public async Task<IReadOnlyList<string>> ListDueAsync(string siteId, int limit, CancellationToken cancellationToken = default) =>
        Texts(await redis.EvaluateAsync(Due, [keys.Due(siteId)], [GivenMoment(), limit]));

    public async Task<SiteSessions> ListAsync(string siteId, long after, int limit, CancellationToken cancellationToken = default)
    {
        var last = (long?)await redis.ExecuteAsync("GET", keys.Number(siteId)) ?? 0;
        var sessions = new List<CoBrowseSession>();
        for (var skipped = 0; sessions.Count == 0; skipped += limit)
        {
            var ids = Texts(await redis.ExecuteAsync("ZRANGEBYSCORE", keys.Numbers(siteId), $"({after}", "+inf", "LIMIT", skipped, limit));
            foreach (var id in ids)
            {
                if (await FindAsync(siteId, id, cancellationToken) is { } read)
                {
                    sessions.Add(read.Session);
                }
            }

            if (ids.Length == 0)
            {
                break;
            }
        }

        return new SiteSessions(last, sessions);
    }

    public async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string siteId, string sessionId, CancellationToken cancellationToken = default) =>
        Array.ConvertAll(Texts(await redis.ExecuteAsync("LRANGE", keys.Audit(siteId, sessionId), 0, -1)), SessionJson.ReadEntry);

    private static RedisScript Load(string name) => RedisScript.Load(typeof(RedisSessionStore).Assembly, name, ClockLibrary);

    private static DateTimeOffset Moment(RedisReply milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);

    private static string[] Texts(RedisReply reply) => Array.ConvertAll((RedisReply[])reply!, text => (string)text!);

    private static void AddEntries(List<RedisValue> arguments, SessionWriting writing)
    {
        foreach (var entry in writing.Audit)
        {
            arguments.Add(SessionJson.Write(entry));
        }
    }

    private RedisValue GivenMoment() => redisClock?.GetUtcNow().ToUnixTimeMilliseconds() ?? 0;
}
