using System.Buffers;

namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>The tokens of one text, with the ends of their blocks. Pooled: dispose it. Not thread-safe.</summary>
internal sealed class CssTokens : IDisposable
{
    private const int Usual = 256;

    private CssToken[] _tokens = ArrayPool<CssToken>.Shared.Rent(Usual);
    private readonly Stack<int> _open = new();
    private char[] _source = [];

    public int Count { get; private set; }

    /// <summary>For how many tokens, characters and open blocks there is room.</summary>
    public int Capacity => _tokens.Length + _source.Length + _open.Capacity;

    public ref readonly CssToken this[int index] => ref _tokens[index];

    /// <summary>Reads a text that has been through <see cref="CssTokenizer.Preprocess"/>, and keeps a copy of it.</summary>
    public void Read(ReadOnlySpan<char> source)
    {
        if (_source.Length < source.Length)
        {
            ArrayPool<char>.Shared.Return(_source);
            _source = ArrayPool<char>.Shared.Rent(source.Length);
        }

        source.CopyTo(_source);
        Count = 0;
        _open.Clear();
        var tokenizer = new CssTokenizer(_source.AsSpan(0, source.Length));
        while (tokenizer.TryRead(out var token))
        {
            Add(ref token);
        }

        // What the end cuts off ends there: every block still open is closed behind the last token.
        while (_open.TryPop(out var opener))
        {
            _tokens[opener].Match = Count;
        }
    }

    /// <summary>The name, unit or string of a token.</summary>
    public ReadOnlySpan<char> Value(int index)
    {
        ref readonly var token = ref _tokens[index];
        return token.Decoded is { } decoded ? decoded : _source.AsSpan(token.ValueStart, token.ValueEnd - token.ValueStart);
    }

    /// <summary>A number as it was written, without its unit.</summary>
    public ReadOnlySpan<char> NumberText(int index) => _source.AsSpan(_tokens[index].Start, _tokens[index].ValueStart - _tokens[index].Start);

    public ReadOnlySpan<char> Text(int index) => _source.AsSpan(_tokens[index].Start, _tokens[index].End - _tokens[index].Start);

    public bool IsDelim(int index, char character) => _tokens[index].Type == CssTokenType.Delim && _source[_tokens[index].Start] == character;

    public char Delim(int index) => _tokens[index].Type == CssTokenType.Delim ? _source[_tokens[index].Start] : '\0';

    public int SkipWhitespace(int index, int end)
    {
        while (index < end && _tokens[index].Type == CssTokenType.Whitespace)
        {
            index++;
        }

        return index;
    }

    public int TrimEnd(int start, int end)
    {
        while (end > start && _tokens[end - 1].Type == CssTokenType.Whitespace)
        {
            end--;
        }

        return end;
    }

    /// <summary>The token behind this one, or behind the block that it opens.</summary>
    public int Next(int index, int end) => _tokens[index].Opens ? Math.Min(_tokens[index].Match + 1, end) : index + 1;

    /// <summary>The first token of one of two types that is not inside a block, or the end.</summary>
    public int Find(int index, int end, CssTokenType first, CssTokenType second)
    {
        while (index < end && _tokens[index].Type != first && _tokens[index].Type != second)
        {
            index = Next(index, end);
        }

        return index;
    }

    /// <summary>Gives room beyond so many tokens, characters or blocks back, with the text.</summary>
    public void Trim(int most)
    {
        Count = 0;
        if (_tokens.Length > most)
        {
            ArrayPool<CssToken>.Shared.Return(_tokens, clearArray: true);
            _tokens = ArrayPool<CssToken>.Shared.Rent(Usual);
        }

        if (_source.Length > most)
        {
            ArrayPool<char>.Shared.Return(_source);
            _source = [];
        }

        if (_open.Capacity > most)
        {
            _open.Clear();
            _open.TrimExcess();
        }
    }

    public void Dispose()
    {
        ArrayPool<CssToken>.Shared.Return(_tokens, clearArray: true);
        ArrayPool<char>.Shared.Return(_source);
        _tokens = [];
        _source = [];
    }

    private void Add(ref CssToken token)
    {
        if (Count == _tokens.Length)
        {
            var larger = ArrayPool<CssToken>.Shared.Rent(Count * 2);
            _tokens.AsSpan(0, Count).CopyTo(larger);
            ArrayPool<CssToken>.Shared.Return(_tokens, clearArray: true);
            _tokens = larger;
        }

        if (token.Opens)
        {
            _open.Push(Count);
        }
        else if (_open.TryPeek(out var opener) && Closes(token.Type, _tokens[opener].Type))
        {
            // A closer that fits nothing is a token like others, inside whatever is open.
            _tokens[_open.Pop()].Match = Count;
        }

        _tokens[Count++] = token;
    }

    private static bool Closes(CssTokenType closer, CssTokenType opener) => closer switch
    {
        CssTokenType.CloseBrace => opener == CssTokenType.OpenBrace,
        CssTokenType.CloseSquare => opener == CssTokenType.OpenSquare,
        CssTokenType.CloseParen => opener is CssTokenType.OpenParen or CssTokenType.Function,
        _ => false,
    };
}
