using System.Buffers.Text;
using System.Text;

namespace CoPilot.Realtime.Redis.Pipeline;

/// <summary>Commands as they are sent to Redis, one after the other. It grows as needed and gives back what was more than usual. For one thread at a time.</summary>
internal sealed class RespBuffer
{
    private const int UsualSize = 64 * 1024;

    /// <summary>A sign, a long and the end of the line.</summary>
    private const int LongestNumber = 1 + 20 + 2;

    private byte[] _bytes = new byte[UsualSize];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>What follows is a command of so many words.</summary>
    public void Begin(int words) => AddLine('*', words);

    public void Add(ReadOnlySpan<byte> word)
    {
        AddLine('$', word.Length);
        Ensure(word.Length + 2);
        word.CopyTo(_bytes.AsSpan(Length));
        Length += word.Length;
        EndLine();
    }

    public void Add(string word)
    {
        var length = Encoding.UTF8.GetByteCount(word);
        AddLine('$', length);
        Ensure(length + 2);
        Length += Encoding.UTF8.GetBytes(word, _bytes.AsSpan(Length));
        EndLine();
    }

    public void Add(long number)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, digits, out var length);
        Add(digits[..length]);
    }

    /// <summary>Takes back what came after that length.</summary>
    public void Truncate(int length) => Length = length;

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > UsualSize)
        {
            _bytes = new byte[UsualSize];
        }
    }

    private void AddLine(char kind, int number)
    {
        Ensure(LongestNumber);
        _bytes[Length++] = (byte)kind;
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(Length), out var length);
        Length += length;
        EndLine();
    }

    private void EndLine()
    {
        _bytes[Length++] = (byte)'\r';
        _bytes[Length++] = (byte)'\n';
    }

    private void Ensure(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(checked(Length + more), _bytes.Length * 2));
        }
    }
}
