using System.Buffers.Text;
using System.Text;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>
/// Makes replies of the bytes that Redis sends, however they are cut: received into <see cref="Free"/>, announced by <see cref="Take"/>, then read until there is
/// none left. Replies hold nothing of its memory. For one thread at a time.
/// </summary>
internal sealed class RespParser
{
    private const int BufferSize = 32 * 1024;

    /// <summary>Redis' own limit.</summary>
    private const int LongestText = 512 * 1024 * 1024;

    /// <summary>Beyond what anything here asks for: who claims more is not Redis.</summary>
    private const int LongestArray = 4 * 1024 * 1024;
    private const int DeepestArray = 32;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly Stack<OpenArray> _open = new();
    private int _start;
    private int _end;
    private byte[]? _text;
    private int _filled;

    /// <summary>Room for what comes; never empty after all replies were read.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start.._end).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            return _end < BufferSize ? _buffer.AsMemory(_end) : throw new InvalidDataException("Redis sent a line without an end.");
        }
    }

    /// <summary>So many bytes were received.</summary>
    public void Take(int count) => _end += count;

    /// <summary>False when more bytes are needed.</summary>
    /// <exception cref="InvalidDataException">These are not Redis' words; nothing that follows can be understood.</exception>
    public bool TryRead(out RedisReply reply)
    {
        while (TryReadItem(out var item))
        {
            if (item is { } whole && IsWhole(whole, out reply))
            {
                return true;
            }
        }

        reply = default;
        return false;
    }

    /// <summary>Puts the item where it belongs; a last one makes its array whole, and so on outwards.</summary>
    private bool IsWhole(RedisReply item, out RedisReply reply)
    {
        while (_open.TryPeek(out var array))
        {
            array.Items[array.Count++] = item;
            if (array.Count < array.Items.Length)
            {
                reply = default;
                return false;
            }

            _open.Pop();
            item = RedisReply.Of(array.Items);
        }

        reply = item;
        return true;
    }

    /// <summary>No item where a text or an array has only begun.</summary>
    private bool TryReadItem(out RedisReply? item)
    {
        item = null;
        if (_text is not null)
        {
            return TryFill(_text, out item);
        }

        var length = _buffer.AsSpan(_start.._end).IndexOf("\r\n"u8);
        if (length < 1)
        {
            return length < 0 ? false : throw NotRedis();
        }

        var line = _buffer.AsSpan(_start + 1, length - 1);
        var kind = _buffer[_start];
        _start += length + 2;
        item = kind switch
        {
            (byte)':' => RedisReply.Of(Number(line, long.MinValue, long.MaxValue)),
            (byte)'+' => RedisReply.Of(Encoding.UTF8.GetString(line)),
            (byte)'-' => RedisReply.OfError(Encoding.UTF8.GetString(line)),
            (byte)'$' => BeginText((int)Number(line, -1, LongestText)),
            (byte)'*' => BeginArray((int)Number(line, -1, LongestArray)),
            _ => throw NotRedis(),
        };
        return true;
    }

    private RedisReply? BeginText(int length)
    {
        if (length < 0)
        {
            return default(RedisReply);
        }

        (_text, _filled) = (new byte[length], 0);
        return null;
    }

    private RedisReply? BeginArray(int length)
    {
        if (length <= 0)
        {
            return length < 0 ? default(RedisReply) : RedisReply.Of(Array.Empty<RedisReply>());
        }

        if (_open.Count == DeepestArray)
        {
            throw NotRedis();
        }

        _open.Push(new OpenArray(new RedisReply[length]));
        return null;
    }

    /// <summary>Filled as it comes, so that a long text needs no longer buffer.</summary>
    private bool TryFill(byte[] text, out RedisReply? item)
    {
        var more = Math.Min(text.Length - _filled, _end - _start);
        _buffer.AsSpan(_start, more).CopyTo(text.AsSpan(_filled));
        (_filled, _start, item) = (_filled + more, _start + more, null);
        if (_filled < text.Length || _end - _start < 2)
        {
            return false;
        }

        if (!_buffer.AsSpan(_start, 2).SequenceEqual("\r\n"u8))
        {
            throw NotRedis();
        }

        (_start, _text, item) = (_start + 2, null, RedisReply.Of(text));
        return true;
    }

    private static long Number(ReadOnlySpan<byte> digits, long from, long to) =>
        Utf8Parser.TryParse(digits, out long number, out var length) && length == digits.Length && number >= from && number <= to
            ? number
            : throw NotRedis();

    private static InvalidDataException NotRedis() => new("What was received is not Redis' protocol.");

    private sealed class OpenArray(RedisReply[] items)
    {
        public RedisReply[] Items { get; } = items;

        public int Count { get; set; }
    }
}
