using System.Globalization;
using CoPilot.ChatServer.Redis;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Supervision;

/// <summary>Reads the stream that routing's scripts write; <c>routing_lib_supervision.lua</c> bounds it. An act's number is the second part of its stream id.</summary>
internal sealed class RedisSupervisionActs(RedisConnections redis, ChatKeys names) : ISupervisionActs
{
    public async Task<IReadOnlyList<SupervisionAct>> ListAsync(string siteId, long after, int limit, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var first = string.Create(CultureInfo.InvariantCulture, $"0-{after + 1}");
        var entries = (RedisReply[])(await redis.ExecuteAsync("XRANGE", names.SupervisionActs(siteId), first, "+", "COUNT", limit))!;
        return Array.ConvertAll(entries, Read);
    }

    private static SupervisionAct Read(RedisReply entry)
    {
        var items = (RedisReply[])entry!;
        var fields = Array.ConvertAll((RedisReply[])items[1]!, field => (string)field!).Chunk(2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new SupervisionAct(
            long.Parse(((string)items[0]!).AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(fields["at"], NumberStyles.None, CultureInfo.InvariantCulture)),
            fields["agent"],
            fields["name"],
            fields["what"],
            fields["subject"],
            fields["detail"] is { Length: > 0 } detail ? detail : null);
    }
}
