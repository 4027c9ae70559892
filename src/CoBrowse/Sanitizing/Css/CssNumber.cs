using System.Buffers;

namespace CoPilot.CoBrowse.Sanitizing.Css;

/// <summary>The one way to write a number: no plus, no exponent, no zeros that say nothing, at most six decimals.</summary>
internal static class CssNumber
{
    private const int LargestInteger = 9;
    private const int Decimals = 6;

    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789.");

    /// <summary>Writes a number that is written as CSS allows; false when it is out of bounds.</summary>
    public static bool TryWrite(ReadOnlySpan<char> number, CharBuffer output)
    {
        var negative = number.StartsWith("-");
        var unsigned = number.TrimStart("+-");
        if (unsigned.ContainsAnyExcept(Plain))
        {
            return false;
        }

        var point = unsigned.IndexOf('.');
        var integer = (point < 0 ? unsigned : unsigned[..point]).TrimStart('0');
        var fraction = point < 0 ? default : unsigned[(point + 1)..];
        fraction = fraction[..Math.Min(fraction.Length, Decimals)].TrimEnd('0');
        if (integer.Length > LargestInteger)
        {
            return false;
        }

        if (negative && (integer.Length > 0 || fraction.Length > 0))
        {
            output.Append('-');
        }

        output.Append(integer.Length == 0 ? "0" : integer);
        if (fraction.Length > 0)
        {
            output.Append('.');
            output.Append(fraction);
        }

        return true;
    }

    /// <summary>The length of the canonical number that a text begins with; 0 when there is none.</summary>
    public static int CanonicalLength(ReadOnlySpan<char> text)
    {
        var negative = text.StartsWith("-");
        var start = negative ? 1 : 0;
        var digits = CountDigits(text[start..]);
        if (digits is 0 or > LargestInteger || (digits > 1 && text[start] == '0'))
        {
            return 0;
        }

        var end = start + digits;
        if (end < text.Length && text[end] == '.')
        {
            var decimals = CountDigits(text[(end + 1)..]);
            return decimals is 0 or > Decimals || text[end + decimals] == '0' ? 0 : end + 1 + decimals;
        }

        return negative && digits == 1 && text[start] == '0' ? 0 : end;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }
}
