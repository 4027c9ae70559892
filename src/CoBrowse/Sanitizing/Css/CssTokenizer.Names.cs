using System.Text;

namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>Names, numbers, strings and addresses: the tokens with something inside.</summary>
internal ref partial struct CssTokenizer
{
    private const int LargestCodePoint = 0x10FFFF;
    private const int EscapeDigits = 6;

    private void ReadName(ref CssToken token)
    {
        token.ValueStart = _position;
        StringBuilder? decoded = null;
        while (true)
        {
            if (_position < _source.Length && IsName(0))
            {
                decoded?.Append(_source[_position]);
                _position++;
            }
            else if (IsEscape(0))
            {
                decoded ??= new StringBuilder().Append(_source[token.ValueStart.._position]);
                _position++;
                ReadEscape(decoded);
            }
            else
            {
                break;
            }
        }

        token.ValueEnd = _position;
        token.Decoded = decoded?.ToString();
    }

    private void ReadEscape(StringBuilder decoded)
    {
        if (!char.IsAsciiHexDigit(Peek(0)))
        {
            // A pair of surrogates is one character: its second half is part of a name anyway.
            decoded.Append(_source[_position++]);
            return;
        }

        var code = 0;
        for (var digits = 0; digits < EscapeDigits && char.IsAsciiHexDigit(Peek(0)); digits++)
        {
            code = (code * 16) + Convert.ToInt32(_source.Slice(_position++, 1).ToString(), 16);
        }

        if (Peek(0) is ' ' or '\t' or '\n')
        {
            _position++;
        }

        decoded.Append(code is 0 or > LargestCodePoint or (>= 0xD800 and <= 0xDFFF) ? Replacement.ToString() : char.ConvertFromUtf32(code));
    }

    private void ReadIdentLike(ref CssToken token)
    {
        ReadName(ref token);
        token.Type = CssTokenType.Ident;
        if (Peek(0) != '(')
        {
            return;
        }

        _position++;
        token.Type = CssTokenType.Function;
        var name = token.Decoded is { } decoded ? decoded : _source[token.ValueStart..token.ValueEnd];
        if (!name.Equals("url", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var before = _position;
        SkipWhitespace();
        if (Peek(0) is '"' or '\'')
        {
            _position = before;
            return;
        }

        ReadUrl(ref token);
    }

    /// <summary>What an address says never matters: only where it ends, and it is dropped whether good or bad.</summary>
    private void ReadUrl(ref CssToken token)
    {
        token.Type = CssTokenType.Url;
        while (_position < _source.Length && Peek(0) != ')')
        {
            if (IsEscape(0))
            {
                _position++;
            }

            _position++;
        }

        _position = Math.Min(_position + 1, _source.Length);
    }

    private void ReadString(ref CssToken token, char quote)
    {
        token.Type = CssTokenType.String;
        token.ValueStart = ++_position;
        StringBuilder? decoded = null;
        while (_position < _source.Length && Peek(0) != quote)
        {
            if (Peek(0) == '\n')
            {
                token.Type = CssTokenType.BadString;
                token.ValueEnd = _position;
                return;
            }

            if (Peek(0) != '\\')
            {
                decoded?.Append(_source[_position]);
                _position++;
                continue;
            }

            decoded ??= new StringBuilder().Append(_source[token.ValueStart.._position]);
            _position++;
            if (Peek(0) == '\n' || _position >= _source.Length)
            {
                _position = Math.Min(_position + 1, _source.Length);
            }
            else
            {
                ReadEscape(decoded);
            }
        }

        token.ValueEnd = _position;
        token.Decoded = decoded?.ToString();
        _position = Math.Min(_position + 1, _source.Length);
    }

    private void ReadNumeric(ref CssToken token)
    {
        _position += Peek(0) is '+' or '-' ? 1 : 0;
        SkipDigits();
        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _position++;
            SkipDigits();
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            _position += 2;
            SkipDigits();
        }

        token.ValueStart = token.ValueEnd = _position;
        token.Type = CssTokenType.Number;
        if (StartsIdent(0))
        {
            ReadName(ref token);
            token.Type = CssTokenType.Dimension;
        }
        else if (Peek(0) == '%')
        {
            _position++;
            token.Type = CssTokenType.Percentage;
        }
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(0)))
        {
            _position++;
        }
    }
}
