using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>A moment as the text that <see cref="JsonSerializer"/> writes for it; MessagePack's own timestamp is understood too.</summary>
internal sealed class DateTimeOffsetFormatter : IMessagePackFormatter<DateTimeOffset>
{
    public void Write(MessagePackWriter writer, DateTimeOffset value)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength];
        value.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        writer.WriteString(text[..TimeText.TrimFraction(text[..length])]);
    }

    public DateTimeOffset Read(ref MessagePackReader reader)
    {
        if (reader.NextKind == MessagePackKind.Extension)
        {
            return Timestamp.Read(ref reader);
        }

        Span<byte> buffer = stackalloc byte[TimeText.MaxLength + 2];
        var json = TimeText.AsJson(reader.ReadStringBytes(), buffer);
        return json.TryGetDateTimeOffset(out var value) ? value : throw TimeText.Unexpected();
    }
}

internal sealed class DateTimeFormatter : IMessagePackFormatter<DateTime>
{
    public void Write(MessagePackWriter writer, DateTime value)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength];
        value.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        writer.WriteString(text[..TimeText.TrimFraction(text[..length])]);
    }

    public DateTime Read(ref MessagePackReader reader)
    {
        if (reader.NextKind == MessagePackKind.Extension)
        {
            return Timestamp.Read(ref reader).UtcDateTime;
        }

        Span<byte> buffer = stackalloc byte[TimeText.MaxLength + 2];
        var json = TimeText.AsJson(reader.ReadStringBytes(), buffer);
        return json.TryGetDateTime(out var value) ? value : throw TimeText.Unexpected();
    }
}

internal static class TimeText
{
    /// <summary>The longest form, <c>2026-11-23T10:00:05.1234567+00:00</c>, has 33.</summary>
    public const int MaxLength = 40;

    private const int SecondsEnd = 19;
    private const int FractionEnd = 27;

    /// <summary>JSON leaves the fraction's last zeros out, and the point with them.</summary>
    public static int TrimFraction(Span<byte> text)
    {
        var fraction = text[SecondsEnd..FractionEnd].TrimEnd((byte)'0');
        var end = SecondsEnd + (fraction.Length > 1 ? fraction.Length : 0);
        var zone = text[FractionEnd..];
        zone.CopyTo(text[end..]);
        return end + zone.Length;
    }

    /// <summary>The text as a JSON string, so that exactly what JSON accepts as a time is one here.</summary>
    public static Utf8JsonReader AsJson(scoped ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        if (text.Length > MaxLength)
        {
            throw Unexpected();
        }

        buffer[0] = (byte)'"';
        text.CopyTo(buffer[1..]);
        buffer[text.Length + 1] = (byte)'"';
        var json = new Utf8JsonReader(buffer[..(text.Length + 2)]);
        try
        {
            json.Read();
            return json;
        }
        catch (JsonException)
        {
            throw Unexpected();
        }
    }

    public static UnexpectedValueException Unexpected() => new("Expected a time as in ISO 8601.");
}

/// <summary>Extension -1: seconds since 1970 in 32 bits, nanoseconds and seconds in 30 + 34 bits, or in 32 + 64 bits.</summary>
internal static class Timestamp
{
    private const long NanosecondsPerTick = 100;
    private const uint NanosecondsPerSecond = 1_000_000_000;

    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        var content = reader.ReadExtension(out var type);
        if (type != MessagePackCode.Timestamp)
        {
            throw new UnexpectedValueException($"Expected a time, found extension {type}.");
        }

        switch (content.Length)
        {
            case 4:
                return From(BinaryPrimitives.ReadUInt32BigEndian(content), 0);
            case 8:
                var both = BinaryPrimitives.ReadUInt64BigEndian(content);
                return From((long)(both & 0x3_ffff_ffff), (uint)(both >> 34));
            case 12:
                return From(BinaryPrimitives.ReadInt64BigEndian(content[4..]), BinaryPrimitives.ReadUInt32BigEndian(content));
            default:
                throw new InvalidDataException("A timestamp has 4, 8 or 12 bytes.");
        }
    }

    private static DateTimeOffset From(long seconds, uint nanoseconds)
    {
        if (nanoseconds >= NanosecondsPerSecond)
        {
            throw new InvalidDataException("A timestamp has a second or more of nanoseconds.");
        }

        return seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / NanosecondsPerTick)
            : throw MessagePackReader.OutOfRange();
    }
}
