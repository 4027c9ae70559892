using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CoPilot.ChatServer.Identity;

/// <summary>Comma-separated values as RFC 4180 has them, but without line breaks in a value, so that a line is a record.</summary>
internal static class CsvLine
{
    /// <summary>False when a quote is not closed, or stands in the middle of a value.</summary>
    public static bool TrySplit(string line, [NotNullWhen(true)] out IReadOnlyList<string>? fields)
    {
        var found = new List<string>();
        var rest = line.AsSpan();
        fields = null;
        while (TryTake(ref rest, out var field, out var isLast))
        {
            found.Add(field);
            if (isLast)
            {
                fields = found;
                return true;
            }
        }

        return false;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, out string field, out bool isLast)
    {
        if (rest is ['"', ..])
        {
            rest = rest[1..];
            return TryTakeQuoted(ref rest, out field, out isLast);
        }

        var comma = rest.IndexOf(',');
        isLast = comma < 0;
        var value = isLast ? rest : rest[..comma];
        rest = isLast ? default : rest[(comma + 1)..];
        field = value.ToString();
        return !field.Contains('"');
    }

    /// <summary>What follows an opening quote; two quotes in a row are one of the value's.</summary>
    private static bool TryTakeQuoted(ref ReadOnlySpan<char> rest, out string field, out bool isLast)
    {
        var value = new StringBuilder();
        (field, isLast) = ("", false);
        while (rest.IndexOf('"') is >= 0 and var quote)
        {
            value.Append(rest[..quote]);
            rest = rest[(quote + 1)..];
            if (rest is ['"', ..])
            {
                value.Append('"');
                rest = rest[1..];
                continue;
            }

            field = value.ToString();
            isLast = rest.IsEmpty;
            var isEnded = isLast || rest[0] == ',';
            rest = isLast ? rest : rest[1..];
            return isEnded;
        }

        return false;
    }
}
