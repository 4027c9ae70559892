using System.Buffers;

namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Text that is written and partly taken back: what is dropped is cut off again by setting <see cref="Length"/>. Not thread-safe.</summary>
internal sealed class CharBuffer : IDisposable
{
    private const int Usual = 1024;

    private char[] _characters = ArrayPool<char>.Shared.Rent(Usual);

    /// <summary>How many characters it has room for.</summary>
    public int Capacity => _characters.Length;

    public int Length { get; set; }

    public ReadOnlySpan<char> Written => _characters.AsSpan(0, Length);

    public void Append(char character)
    {
        if (Length == _characters.Length)
        {
            Grow(1);
        }

        _characters[Length++] = character;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _characters.Length - Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_characters.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Gives room beyond so many characters back, with all that is written.</summary>
    public void Trim(int most)
    {
        Length = 0;
        if (_characters.Length > most)
        {
            ArrayPool<char>.Shared.Return(_characters);
            _characters = ArrayPool<char>.Shared.Rent(Usual);
        }
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_characters);
        _characters = [];
        Length = 0;
    }

    public override string ToString() => new(Written);

    private void Grow(int more)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_characters.Length * 2, Length + more));
        Written.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }
}
