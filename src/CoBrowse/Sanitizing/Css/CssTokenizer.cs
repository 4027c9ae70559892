using System.Text;

namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Reads tokens by CSS Syntax Level 3, section 4. Comments are left out.</summary>
internal ref partial struct CssTokenizer(ReadOnlySpan<char> source)
{
    private const char Replacement = '\uFFFD';

    private readonly ReadOnlySpan<char> _source = source;
    private int _position;

    /// <summary>Line ends become one character, null and lone surrogates the replacement character (section 3.3).</summary>
    public static string Preprocess(string text)
    {
        var needed = false;
        foreach (var character in text)
        {
            needed |= character is '\0' or '\r' or '\f' || char.IsSurrogate(character);
        }

        if (!needed)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\0':
                    clean.Append(Replacement);
                    break;
                case '\r' or '\f':
                    clean.Append('\n');
                    i += text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                    break;
                case var character when char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    clean.Append(character).Append(text[++i]);
                    break;
                case var character:
                    clean.Append(char.IsSurrogate(character) ? Replacement : character);
                    break;
            }
        }

        return clean.ToString();
    }

    public bool TryRead(out CssToken token)
    {
        SkipComments();
        token = default;
        if (_position >= _source.Length)
        {
            return false;
        }

        token.Start = _position;
        ReadToken(ref token, _source[_position]);
        token.End = _position;
        return true;
    }

    private void ReadToken(ref CssToken token, char first)
    {
        switch (first)
        {
            case ' ' or '\t' or '\n':
                SkipWhitespace();
                token.Type = CssTokenType.Whitespace;
                break;
            case '"' or '\'':
                ReadString(ref token, first);
                break;
            case '#' when IsName(1) || IsEscape(1):
                ReadNamed(ref token, CssTokenType.Hash);
                break;
            case '@' when StartsIdent(1):
                ReadNamed(ref token, CssTokenType.AtKeyword);
                break;
            case '<' when _source[_position..].StartsWith("<!--"):
                Take(ref token, 4, CssTokenType.Cdo);
                break;
            case var _ when StartsNumber(0):
                ReadNumeric(ref token);
                break;
            case '-' when _source[_position..].StartsWith("-->"):
                Take(ref token, 3, CssTokenType.Cdc);
                break;
            case var _ when StartsIdent(0):
                ReadIdentLike(ref token);
                break;
            default:
                Take(ref token, 1, Single(first));
                break;
        }
    }

    private void ReadNamed(ref CssToken token, CssTokenType type)
    {
        Take(ref token, 1, type);
        ReadName(ref token);
    }

    private void Take(ref CssToken token, int length, CssTokenType type)
    {
        _position += length;
        token.Type = type;
    }

    private static CssTokenType Single(char character) => character switch
    {
        ':' => CssTokenType.Colon,
        ';' => CssTokenType.Semicolon,
        ',' => CssTokenType.Comma,
        '[' => CssTokenType.OpenSquare,
        ']' => CssTokenType.CloseSquare,
        '(' => CssTokenType.OpenParen,
        ')' => CssTokenType.CloseParen,
        '{' => CssTokenType.OpenBrace,
        '}' => CssTokenType.CloseBrace,
        _ => CssTokenType.Delim,
    };

    private readonly char Peek(int ahead) => _position + ahead < _source.Length ? _source[_position + ahead] : '\0';

    private readonly bool IsName(int ahead) => Peek(ahead) is var c && (IsNameStart(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= 0x80;

    private readonly bool IsEscape(int ahead) =>
        Peek(ahead) == '\\' && _position + ahead + 1 < _source.Length && Peek(ahead + 1) != '\n';

    private readonly bool StartsIdent(int ahead) => Peek(ahead) switch
    {
        '-' => IsNameStart(Peek(ahead + 1)) || Peek(ahead + 1) == '-' || IsEscape(ahead + 1),
        '\\' => IsEscape(ahead),
        var c => IsNameStart(c),
    };

    private readonly bool StartsNumber(int ahead) => Peek(ahead) switch
    {
        '+' or '-' => char.IsAsciiDigit(Peek(ahead + 1)) || (Peek(ahead + 1) == '.' && char.IsAsciiDigit(Peek(ahead + 2))),
        '.' => char.IsAsciiDigit(Peek(ahead + 1)),
        var c => char.IsAsciiDigit(c),
    };

    private void SkipComments()
    {
        while (Peek(0) == '/' && Peek(1) == '*')
        {
            var length = _source[(_position + 2)..].IndexOf("*/");
            _position = length < 0 ? _source.Length : _position + length + 4;
        }
    }

    private void SkipWhitespace()
    {
        while (Peek(0) is ' ' or '\t' or '\n')
        {
            _position++;
        }
    }
}
