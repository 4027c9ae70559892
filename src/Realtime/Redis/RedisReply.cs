using System.Buffers.Text;
using System.Globalization;
using System.Text;
using StackExchange.Redis;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// What Redis answered: nothing (nil, also <c>default</c>), an integer, text, or an array of replies. It is read by casts to what is expected; one that does not fit
/// is an <see cref="InvalidCastException"/>. Nil is null, 0 and false, and texts of digits are numbers: scripts write both. Immutable, as long as nobody writes into the bytes or the array.
/// </summary>
public readonly struct RedisReply
{
    private static readonly object Integer = new();

    private readonly object? _value;
    private readonly long _number;

    private RedisReply(object? value, long number = 0) => (_value, _number) = (value, number);

    public bool IsNull => _value is null or RedisResult { IsNull: true };

    internal bool IsArray => _value is RedisReply[];

    /// <summary>Null unless Redis refused; inside an array it is what <c>redis.error_reply</c> or <c>pcall</c> left there.</summary>
    internal string? Error => (_value as ErrorReply)?.Message;

    // Oblivious, because nil is the caller's knowledge: who casts to string? reckons with it, who casts to string has a script that never answers it.
#nullable disable
    public static explicit operator string(RedisReply reply) => reply._value switch
    {
        null => null,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        string status => status,
        RedisResult library => (string)library,
        _ when reply.IsInteger => reply._number.ToString(CultureInfo.InvariantCulture),
        _ => throw reply.NotA("text"),
    };

    public static explicit operator byte[](RedisReply reply) => reply._value switch
    {
        null => null,
        byte[] bytes => bytes,
        RedisResult library => (byte[])library,
        _ => Encoding.UTF8.GetBytes((string)reply),
    };

    public static explicit operator RedisReply[](RedisReply reply) => reply._value switch
    {
        null => null,
        RedisReply[] items => items,
        RedisResult library => library.IsNull ? null : Array.ConvertAll((RedisResult[])library, Of),
        _ => throw reply.NotA("an array"),
    };
#nullable restore

    public static explicit operator long(RedisReply reply) => reply._value switch
    {
        null => 0,
        byte[] bytes when Utf8Parser.TryParse(bytes, out long number, out var length) && length == bytes.Length => number,
        RedisResult library => (long)library,
        _ when reply.IsInteger => reply._number,
        _ => throw reply.NotA("a number"),
    };

    public static explicit operator long?(RedisReply reply) => reply.IsNull ? null : (long)reply;

    public static explicit operator int(RedisReply reply) => checked((int)(long)reply);

    public static explicit operator bool(RedisReply reply) => (long)reply switch
    {
        0 => false,
        1 => true,
        _ => throw reply.NotA("0 or 1"),
    };

    internal static RedisReply Of(long number) => new(Integer, number);

    internal static RedisReply Of(byte[] text) => new(text);

    internal static RedisReply Of(string status) => new(status);

    internal static RedisReply Of(RedisReply[] items) => new(items);

    internal static RedisReply OfError(string message) => new(new ErrorReply(message));

    /// <summary>The library does not tell of what kind a result is: it is asked when somebody reads it.</summary>
    internal static RedisReply Of(RedisResult result) => new(result);

    private bool IsInteger => ReferenceEquals(_value, Integer);

    private Exception NotA(string expected) => _value is ErrorReply error
        ? new RedisErrorException(error.Message)
        : new InvalidCastException($"A reply of Redis that is not {expected}.");

    private sealed record ErrorReply(string Message);
}
