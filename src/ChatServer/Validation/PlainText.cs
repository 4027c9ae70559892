using System.Globalization;
using System.Text;

namespace CoPilot.ChatServer.Validation;

/// <summary>
/// Makes what people typed safe to keep and to show as text, without a trick that its reader cannot see:
/// <list type="bullet">
/// <item>NFC; half a surrogate pair becomes U+FFFD.</item>
/// <item>Line ends of every kind (CR, CRLF, NEL, U+2028, U+2029) become <c>\n</c>; a tab becomes a space; other control characters go.</item>
/// <item>Bidirectional overrides, embeddings and isolates go: with them a text reads other than it is. The marks (LRM, RLM, ALM), which only say which
/// way a neutral character leans, stay.</item>
/// <item>Invisible characters go (zero-width space, word joiner, byte order mark, soft hyphen, Hangul fillers, annotations, noncharacters, ...).
/// The joiners ZWJ and ZWNJ, which scripts and emoji need, stay, one at a time; so do variation selectors, one to a character, and tags where they
/// name the region of a flag. In runs, all of them are known to carry hidden text.</item>
/// <item>At most <see cref="MarksPerCharacter"/> combining marks to a character.</item>
/// <item>No white space around it. What shows nothing at all is empty.</item>
/// </list>
/// Cleaning twice is the same as cleaning once. The time it takes is proportional to the length.
/// </summary>
internal static class PlainText
{
    /// <summary>As in UAX #15's Stream-Safe format; no script comes near it, and more is meant to climb out of its line.</summary>
    private const int MarksPerCharacter = 30;

    /// <summary>A subdivision's code within a flag, such as <c>gbsct</c> and the tag that ends it.</summary>
    private const int TagsPerFlag = 7;

    private const int BlackFlag = 0x1F3F4;

    /// <summary>Text of one or more lines.</summary>
    public static string Clean(string text) => Normalise(text, '\n');

    /// <summary>Text of one line: a line end becomes a space, and spaces that follow each other one.</summary>
    public static string CleanLine(string text)
    {
        var clean = Normalise(text, ' ');
        if (!clean.Contains("  ", StringComparison.Ordinal))
        {
            return clean;
        }

        var builder = new StringBuilder(clean.Length);
        foreach (var character in clean)
        {
            if (character != ' ' || builder[^1] != ' ')
            {
                builder.Append(character);
            }
        }

        return builder.ToString();
    }

    private static string Normalise(string text, char lineEnd)
    {
        if (IsPlainAscii(text))
        {
            return text.Trim(' ');
        }

        var clean = CanonicalComposition.Compose(Filter(text, lineEnd)).Trim();
        return ShowsSomething(clean) ? clean : "";
    }

    private static bool IsPlainAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string Filter(string text, char lineEnd)
    {
        var builder = new StringBuilder(text.Length);
        var (previous, marks, tagsLeft) = (0, 0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var point = rune.Value;
            tagsLeft = point == BlackFlag ? TagsPerFlag : IsTag(point) ? tagsLeft - 1 : 0;
            marks = IsMark(rune) ? marks + 1 : IsJoiner(point) || IsRemoved(point) ? marks : 0;
            if (point == '\n' && previous == '\r')
            {
                previous = '\n';
                continue;
            }

            if (IsRemoved(point)
                || (IsTag(point) && tagsLeft < 0)
                || ((IsJoiner(point) || IsVariationSelector(point)) && IsSameKind(point, previous))
                || marks > MarksPerCharacter)
            {
                continue;
            }

            previous = point;
            AppendVisible(builder, rune, lineEnd);
        }

        return builder.ToString();
    }

    private static void AppendVisible(StringBuilder builder, Rune rune, char lineEnd)
    {
        switch (rune.Value)
        {
            case '\n' or '\r' or 0x85 or 0x2028 or 0x2029:
                builder.Append(lineEnd);
                break;
            case '\t':
                builder.Append(' ');
                break;
            default:
                builder.Append(rune.ToString());
                break;
        }
    }

    private static bool IsRemoved(int point) => point switch
    {
        '\n' or '\r' or '\t' or 0x85 => false,
        < 0x20 or (>= 0x7F and <= 0x9F) => true,
        0xAD => true, // soft hyphen
        0x34F => true, // combining grapheme joiner
        0x3164 or 0xFFA0 => true, // Hangul fillers: blank letters
        0x200B => true, // zero-width space
        >= 0x202A and <= 0x202E => true, // bidirectional embeddings and overrides
        >= 0x2060 and <= 0x206F => true, // word joiner, invisible operators, bidirectional isolates, deprecated format characters
        0xFEFF => true, // byte order mark
        >= 0xFFF0 and <= 0xFFFB => true, // annotations, and unassigned ones that are to be ignored
        >= 0x1BCA0 and <= 0x1BCA3 => true, // shorthand format controls
        >= 0x1D173 and <= 0x1D17A => true, // musical format controls
        >= 0xE0000 and <= 0xE0FFF => !IsTag(point) && !IsVariationSelector(point),
        >= 0xFDD0 and <= 0xFDEF => true, // noncharacters
        _ => (point & 0xFFFE) == 0xFFFE, // the last two of each plane
    };

    private static bool IsTag(int point) => point is >= 0xE0020 and <= 0xE007F;

    private static bool IsJoiner(int point) => point is 0x200C or 0x200D;

    private static bool IsVariationSelector(int point) => point is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsSameKind(int point, int previous) =>
        (IsJoiner(point) && IsJoiner(previous)) || (IsVariationSelector(point) && IsVariationSelector(previous));

    private static bool IsMark(Rune rune) =>
        rune.Value >= 0x300 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool ShowsSomething(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var point = rune.Value;
            var isBlank = Rune.IsWhiteSpace(rune)
                || IsJoiner(point) || IsVariationSelector(point) || IsTag(point)
                || point is 0x200E or 0x200F or 0x61C // direction marks
                or 0x115F or 0x1160 // Hangul fillers that old syllables are made with
                or 0x17B4 or 0x17B5 or 0x180B or 0x180C or 0x180D or 0x180E or 0x180F // Khmer's inherent vowels, Mongolian selectors
                or 0x2800; // Braille without a dot
            if (!isBlank)
            {
                return true;
            }
        }

        return false;
    }
}
