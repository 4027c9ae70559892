using CoPilot.CoBrowse.Sessions;
using CoPilot.Specifications.CoBrowse;

namespace CoPilot.ChatServer.Tests.CoPilot;

public sealed class SessionHistoryTests(RedisSessions redis) : SessionHistorySpecification, IClassFixture<RedisSessions>
{
    private SqliteSessions? _sqlite;

    protected override async Task<IReadOnlyList<ISessionStore>> OpenAsync(TimeProvider clock)
    {
        _sqlite = new SqliteSessions();
        return [_sqlite.Open(clock), await redis.OpenAsync(clock)];
    }

    protected override ValueTask CloseAsync() => _sqlite!.DisposeAsync();
}
