using System.Buffers;
using System.Text.Json;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// Reads JSON whose fields stand in a known order. The first thing that does not fit is kept as the reason; everything asked
/// afterwards answers false. Text that is no JSON at all throws <see cref="JsonException"/>. It stands on the token that is read next.
/// </summary>
internal ref struct JsonCursor
{
    private const int LongestEscape = 6;

    private Utf8JsonReader _reader;
    private char[] _text;

    public JsonCursor(ReadOnlySpan<byte> json, int maximumDepth)
    {
        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maximumDepth });
        _text = ArrayPool<char>.Shared.Rent(1024);
        _reader.Read();
    }

    public string? Reason { get; private set; }

    public bool Fail(string reason)
    {
        Reason ??= reason;
        return false;
    }

    public bool Start(JsonTokenType type) => _reader.TokenType == type ? Advance() : Fail(RefusalReason.Field);

    public bool End(JsonTokenType type) => Start(type);

    /// <summary>Moves behind the end of an object or array if that is next.</summary>
    public bool TryEnd(JsonTokenType type) => _reader.TokenType == type && Advance();

    /// <summary>Whether a field of this name is next.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.TokenType == JsonTokenType.PropertyName && Same(name);

    public readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    public readonly bool IsNumber => _reader.TokenType == JsonTokenType.Number;

    public bool Field(ReadOnlySpan<byte> name) => Is(name) ? Advance() : Fail(RefusalReason.Field);

    /// <summary>A field that is an array; its elements follow.</summary>
    public bool Array(ReadOnlySpan<byte> name) => Field(name) && Start(JsonTokenType.StartArray);

    /// <summary>A field that is an object; its fields follow.</summary>
    public bool Object(ReadOnlySpan<byte> name) => Field(name) && Start(JsonTokenType.StartObject);

    public bool Skip() => Advance();

    public bool Integer(int least, int most, out int value)
    {
        value = 0;
        var fits = _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out value) && value >= least && value <= most;
        return fits ? Advance() : Fail(RefusalReason.Field);
    }

    public bool Integer(ReadOnlySpan<byte> name, int least, int most, out int value)
    {
        value = 0;
        return Field(name) && Integer(least, most, out value);
    }

    public bool Id(ReadOnlySpan<byte> name, out int id) => Integer(name, 1, int.MaxValue, out id);

    public bool Moment(ReadOnlySpan<byte> name, long most)
    {
        var fits = Field(name) && _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var moment) && moment >= 0 && moment <= most;
        return fits ? Advance() : Fail(RefusalReason.Field);
    }

    /// <summary>A field that is <c>true</c> or absent.</summary>
    public bool OptionalTrue(ReadOnlySpan<byte> name, out bool isTrue)
    {
        isTrue = Is(name);
        return !isTrue || (Advance() && (_reader.TokenType == JsonTokenType.True ? Advance() : Fail(RefusalReason.Field)));
    }

    /// <summary>A field with exactly this value.</summary>
    public bool Literal(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var fits = Field(name) && _reader.TokenType == JsonTokenType.String && Same(value);
        return fits ? Advance() : Fail(RefusalReason.Field);
    }

    /// <summary>A string, or the name of a field, that is at most so long. The text lives until the next one is read.</summary>
    public bool Text(int most, string tooLong, out ReadOnlySpan<char> text)
    {
        text = default;
        if (_reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return Fail(RefusalReason.Field);
        }

        // No text has more units than bytes, nor fewer than a sixth of them (an escape).
        var bytes = _reader.ValueSpan.Length;
        if (bytes / LongestEscape > most)
        {
            return Fail(tooLong);
        }

        if (_text.Length < bytes)
        {
            ArrayPool<char>.Shared.Return(_text);
            _text = ArrayPool<char>.Shared.Rent(bytes);
        }

        if (!TryCopy(out var length))
        {
            return Fail(RefusalReason.Json);
        }

        if (length > most)
        {
            return Fail(tooLong);
        }

        text = _text.AsSpan(0, length);
        return Advance();
    }

    public bool Text(ReadOnlySpan<byte> name, int most, string tooLong, out ReadOnlySpan<char> text)
    {
        text = default;
        return Field(name) && Text(most, tooLong, out text);
    }

    /// <summary>Whether everything has been read; text behind the end is no JSON.</summary>
    public readonly bool AtEnd => _reader.TokenType is JsonTokenType.EndArray && _reader.CurrentDepth == 0;

    /// <summary>Reads the end of the outermost array and that nothing follows.</summary>
    public bool EndOfAll() => AtEnd && !_reader.Read() ? Reason is null : Fail(RefusalReason.Json);

    public void Dispose() => ArrayPool<char>.Shared.Return(_text);

    /// <summary>No name or word of ours has an escape in it, and broken ones throw when they are compared.</summary>
    private readonly bool Same(ReadOnlySpan<byte> text) => !_reader.ValueIsEscaped && _reader.ValueTextEquals(text);

    private readonly bool TryCopy(out int length)
    {
        try
        {
            length = _reader.CopyString(_text);
            return true;
        }
        catch (InvalidOperationException)
        {
            // The reader's only way to say that this is no UTF-8, or has half a surrogate pair.
            length = 0;
            return false;
        }
    }

    private bool Advance() => Reason is null && (_reader.Read() || Fail(RefusalReason.Json));
}
