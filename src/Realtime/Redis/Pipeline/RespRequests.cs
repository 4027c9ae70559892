using StackExchange.Redis;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>A command that writes itself. Structs, so that who sends one makes no object of it.</summary>
internal interface IRespRequest
{
    /// <exception cref="ArgumentException">An argument is of a kind that cannot be sent.</exception>
    void WriteTo(RespBuffer buffer);
}

/// <summary>A script by its hash, or in full; a function by its name. Keys are text.</summary>
internal readonly record struct EvaluateRequest(RedisScript Script, RedisKey[] Keys, RedisValue[] Arguments, bool InFull) : IRespRequest
{
    public void WriteTo(RespBuffer buffer)
    {
        buffer.Begin(3 + Keys.Length + Arguments.Length);
        if (InFull)
        {
            buffer.Add("EVAL"u8);
            buffer.Add(Script.Text);
        }
        else
        {
            buffer.Add(Script.Library is null ? "EVALSHA"u8 : "FCALL"u8);
            buffer.Add(Script.CalledAs);
        }

        buffer.Add(Keys.Length);
        foreach (var key in Keys)
        {
            buffer.Add((string?)key ?? "");
        }

        foreach (var argument in Arguments)
        {
            RespArguments.Add(buffer, argument);
        }
    }
}

internal readonly record struct ExecuteRequest(string Command, object[] Arguments) : IRespRequest
{
    public void WriteTo(RespBuffer buffer)
    {
        buffer.Begin(1 + Arguments.Length);
        buffer.Add(Command);
        foreach (var argument in Arguments)
        {
            RespArguments.Add(buffer, argument);
        }
    }
}

internal static class RespArguments
{
    public static void Add(RespBuffer buffer, object argument)
    {
        switch (argument)
        {
            case string text:
                buffer.Add(text);
                break;
            case byte[] bytes:
                buffer.Add(bytes);
                break;
            case int number:
                buffer.Add(number);
                break;
            case long number:
                buffer.Add(number);
                break;
            case RedisKey key:
                buffer.Add((string?)key ?? "");
                break;
            case RedisValue value:
                Add(buffer, value);
                break;
            default:
                throw new ArgumentException($"Redis is sent no {argument.GetType().Name}.", nameof(argument));
        }
    }

    /// <summary>The library keeps a text as its bytes: nothing is copied but into the buffer.</summary>
    public static void Add(RespBuffer buffer, RedisValue value)
    {
        if (value.IsInteger)
        {
            buffer.Add((long)value);
        }
        else
        {
            buffer.Add((byte[]?)value ?? []);
        }
    }
}
