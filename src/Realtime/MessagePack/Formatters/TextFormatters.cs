using System.Globalization;
using System.Text;

namespace CoPilot.Realtime.MessagePack.Formatters;

internal sealed class StringFormatter : IMessagePackFormatter<string?>
{
    public void Write(MessagePackWriter writer, string? value) => writer.WriteString(value);

    public string? Read(ref MessagePackReader reader) => reader.ReadString();
}

internal sealed class UriFormatter : ReferenceFormatter<Uri>
{
    protected override void WriteContent(MessagePackWriter writer, Uri value) => writer.WriteString(value.OriginalString);

    protected override Uri ReadContent(ref MessagePackReader reader) =>
        Uri.TryCreate(reader.ReadString(), UriKind.RelativeOrAbsolute, out var value) ? value : throw new UnexpectedValueException("Expected an address.");
}

/// <summary>Small values that have one form as text, whatever the culture.</summary>
internal sealed class ParsableFormatter<T>(string format) : IMessagePackFormatter<T>
    where T : struct, ISpanParsable<T>, IUtf8SpanFormattable
{
    /// <summary>More than the longest of them, a <see cref="TimeOnly"/> or <see cref="Guid"/>, needs.</summary>
    private const int MaxLength = 64;

    public void Write(MessagePackWriter writer, T value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        if (!value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException($"A {typeof(T).Name} is longer than {MaxLength} bytes.");
        }

        writer.WriteString(text[..length]);
    }

    public T Read(ref MessagePackReader reader)
    {
        var text = reader.ReadStringBytes();
        Span<char> characters = stackalloc char[MaxLength];
        return text.Length <= MaxLength
            && T.TryParse(characters[..Encoding.UTF8.GetChars(text, characters)], CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UnexpectedValueException($"Expected a {typeof(T).Name}.");
    }
}
