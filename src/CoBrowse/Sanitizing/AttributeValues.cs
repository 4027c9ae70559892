using System.Globalization;
using CoPilot.CoBrowse.Sanitizing.Css;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Checks the values of attributes by their kinds. Not thread-safe.</summary>
internal sealed class AttributeValues(SanitizerRules rules, CssSanitizer css)
{
    private const string PathCommands = "MmLlHhVvCcSsQqTtAaZz";

    private readonly SanitizerLimits _limits = rules.Limits;

    /// <summary>How long a value of a kind may be.</summary>
    public int Longest(AttributeKind kind) => kind switch
    {
        AttributeKind.Css => _limits.CssUnits,
        AttributeKind.Style => _limits.StyleUnits,
        AttributeKind.Path or AttributeKind.Numbers => _limits.PathUnits,
        AttributeKind.Text => _limits.TextUnits,
        _ => _limits.AttributeUnits,
    };

    /// <summary>Whether a value is canonical; that of a text is asked of the rule for text instead.</summary>
    public bool IsCanonical(AttributeRule rule, ReadOnlySpan<char> value) => rule.Kind switch
    {
        AttributeKind.Flag => value.Length == 0,
        AttributeKind.Name => NameMode.IsName(value),
        AttributeKind.Names => IsNames(value),
        AttributeKind.Style => css.IsCanonicalDeclarations(value),
        AttributeKind.Css => css.IsCanonicalSheet(value),
        AttributeKind.Value => css.IsCanonicalValue(rule.Property, value),
        AttributeKind.Word => rule.Words!.Contains(value),
        AttributeKind.Integer => IsInteger(value, largestLength: 6),
        AttributeKind.Length => IsLength(value, "%", "px", ""),
        AttributeKind.Px => IsLength(value, "px"),
        AttributeKind.Scroll => IsInteger(value, largestLength: 8) && Math.Abs(int.Parse(value, CultureInfo.InvariantCulture)) <= _limits.Coordinate,
        AttributeKind.Numbers => IsNumbers(value),
        AttributeKind.Path => IsPath(value),
        AttributeKind.Fragment => value.StartsWith("#") && NameMode.IsName(value[1..]),
        AttributeKind.Language => IsLanguage(value),
        _ => false,
    };

    private bool IsNames(ReadOnlySpan<char> value)
    {
        var count = 0;
        foreach (var range in value.Split(' '))
        {
            if (++count > _limits.NameList || !NameMode.IsName(value[range]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsInteger(ReadOnlySpan<char> value, int largestLength)
    {
        var negative = value.StartsWith("-");
        var digits = negative ? value[1..] : value;
        return digits.Length > 0 && digits.Length <= largestLength && !digits.ContainsAnyExceptInRange('0', '9')
            && (digits[0] != '0' || (digits.Length == 1 && !negative));
    }

    private static bool IsLength(ReadOnlySpan<char> value, params ReadOnlySpan<string> units)
    {
        var number = CssNumber.CanonicalLength(value);
        if (number == 0 || value[0] == '-')
        {
            return false;
        }

        foreach (var unit in units)
        {
            if (value[number..].SequenceEqual(unit))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNumbers(ReadOnlySpan<char> value)
    {
        foreach (var range in value.Split(' '))
        {
            var part = value[range];
            var number = CssNumber.CanonicalLength(part);
            if (number == 0 || !(part[number..] is "" or "%" || rules.Css.Units.Contains(part[number..])))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPath(ReadOnlySpan<char> value)
    {
        var afterNumber = false;
        for (var i = 0; i < value.Length;)
        {
            if (PathCommands.Contains(value[i]))
            {
                afterNumber = false;
                i++;
                continue;
            }

            if (i == 0 || (afterNumber && value[i++] != ' '))
            {
                return false;
            }

            var number = CssNumber.CanonicalLength(value[i..]);
            if (number == 0)
            {
                return false;
            }

            i += number;
            afterNumber = true;
        }

        return value.Length > 0;
    }

    private static bool IsLanguage(ReadOnlySpan<char> value)
    {
        var dash = value.IndexOf('-');
        var main = dash < 0 ? value : value[..dash];
        var region = dash < 0 ? "nl" : value[(dash + 1)..];
        return main.Length is 2 or 3 && !main.ContainsAnyExceptInRange('a', 'z') && region.Length is >= 2 and <= 4 && IsLowerOrDigits(region);
    }

    private static bool IsLowerOrDigits(ReadOnlySpan<char> value)
    {
        foreach (var character in value)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
