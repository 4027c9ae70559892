using CoPilot.ChatServer.Callbacks;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Reads what the scripts about calls answer.</summary>
internal static class RedisCallReplies
{
    public static IReadOnlyList<Contact> Read(RedisReply views, RedisRoutingSite site) =>
        Array.ConvertAll((RedisReply[])views!, view => RedisRoutingReplies.ReadContact(view, site));

    public static CallHold ToHold(RedisRoutingReply reply) => reply.Code switch
    {
        "ok" => CallHold.Stands,
        "outside_hours" => CallHold.OutsideHours,
        _ => CallHold.Over,
    };

    public static CallStatusResult ToResult(RedisRoutingReply reply) => reply.Code switch
    {
        "ok" => CallStatusResult.Taken,
        "late" => CallStatusResult.Late,
        _ => CallStatusResult.Unknown,
    };
}
