namespace CoPilot.Realtime.Redis;

/// <summary>Redis answered a command with an error that speaks of the command, not of the state Redis is in; the message is Redis' own.</summary>
public sealed class RedisErrorException(string message) : Exception(message)
{
    /// <summary>The word for its kind, with which Redis begins an error.</summary>
    internal string Kind => KindOf(Message);

    internal static string KindOf(string message)
    {
        var space = message.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? message : message[..space];
    }
}
