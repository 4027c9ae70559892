using System.Globalization;
using CoPilot.ChatServer.Sites;
using CoPilot.Contracts.Chat;
using CoPilot.Realtime.Redis;

namespace CoPilot.ChatServer.Routing;

/// <summary>Reads what scripts write about waits.</summary>
internal static class RedisWaitReplies
{
    public static WaitFacts ReadFacts(RedisRoutingReply reply, RedisAgentReplies agents, Site site)
    {
        var lines = (RedisReply[])reply[2]!;
        return new WaitFacts(
            DateTimeOffset.FromUnixTimeMilliseconds((long)reply[0]),
            [.. agents.Agents.Where(agent => agent.IsAvailable).Select(agent => agent.ToSeats())],
            [.. lines.Select((line, i) => ReadLine(site.Queues[i].Name, (RedisReply[])line!))]);
    }

    /// <summary>As <c>routing_waits_shown.lua</c> writes it; null for nothing.</summary>
    public static ShownWait? ReadShown(RedisReply shown)
    {
        if ((string?)shown is not { Length: > 0 } text)
        {
            return null;
        }

        var numbers = ReadNumbers(text);
        return new ShownWait(new WaitRange((int)numbers[0], (int)numbers[1]), DateTimeOffset.FromUnixTimeMilliseconds(numbers[2]));
    }

    private static LineFacts ReadLine(string queue, RedisReply[] items) =>
        new(queue, (int)items[0], (int)items[1], (int)items[2], ReadTimes((string)items[3]!)) { IsClosedForNow = (long)items[4] == 1 };

    /// <summary>As <c>routing_lib_waits.lua</c> writes it.</summary>
    public static HandlingTimes ReadTimes(string text)
    {
        if (text.Length == 0)
        {
            return default;
        }

        var numbers = ReadNumbers(text);
        return new HandlingTimes(numbers[0], (int)numbers[1], numbers[2], numbers[3], numbers[4])
        {
            Answers = new AnswerFigures(numbers[5], numbers[6], numbers[7], numbers[8]),
        };
    }

    private static long[] ReadNumbers(string text) =>
        Array.ConvertAll(text.Split(' '), number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture));
}
