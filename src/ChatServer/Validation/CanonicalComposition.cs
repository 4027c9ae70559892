using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace CoPilot.ChatServer.Validation;

/// <summary>
/// Unicode's canonical composition (NFC, UAX #15). The framework's own needs ICU: with <c>InvariantGlobalization</c> it returns
/// every text unchanged and calls it normalised, and ICU is not on every machine. Thread-safe.
/// </summary>
internal static class CanonicalComposition
{
    // The Unicode Standard, 3.12: Hangul syllables are computed from their parts.
    private const int SyllableBase = 0xAC00;
    private const int LeadingBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailingBase = 0x11A7;
    private const int LeadingCount = 19;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;
    private const int SyllableCount = LeadingCount * VowelCount * TrailingCount;

    /// <summary>Below this nothing changes and nothing combines with what stands before it.</summary>
    private const int FirstCombining = 0x300;

    private static readonly FrozenDictionary<int, int[]> Parts;
    private static readonly FrozenDictionary<(int First, int Second), int> Composites;
    private static readonly FrozenDictionary<int, byte> Classes;

    /// <summary>Code points that may make a text other than composed; a text without any is composed already.</summary>
    private static readonly FrozenSet<int> Suspects;

    static CanonicalComposition()
    {
        var parts = new Dictionary<int, int[]>();
        var composites = new Dictionary<(int, int), int>();
        var classes = new Dictionary<int, byte>();
        var suspects = new HashSet<int>();
        foreach (var line in ReadLines())
        {
            var words = line.Split(' ');
            if (line[0] == '@')
            {
                var combining = byte.Parse(words[0].AsSpan(1, words[0].Length - 2), CultureInfo.InvariantCulture);
                foreach (var word in words[1..])
                {
                    classes.Add(Hex(word), combining);
                    suspects.Add(Hex(word));
                }

                continue;
            }

            foreach (var word in words)
            {
                var split = word.Split('=', '>', '+');
                var (codePoint, decomposed) = (Hex(split[0]), Array.ConvertAll(split[1..], Hex));
                parts.Add(codePoint, decomposed);
                if (word.Contains('='))
                {
                    composites.Add((decomposed[0], decomposed[1]), codePoint);
                    suspects.Add(decomposed[1]);
                }
                else
                {
                    suspects.Add(codePoint);
                }
            }
        }

        Parts = parts.ToFrozenDictionary();
        Composites = composites.ToFrozenDictionary();
        Classes = classes.ToFrozenDictionary();
        Suspects = suspects.ToFrozenSet();
    }

    /// <param name="text">Well-formed UTF-16, without runs of marks so long that sorting them would matter.</param>
    public static string Compose(string text)
    {
        if (IsComposed(text))
        {
            return text;
        }

        var points = Decompose(text);
        SortMarks(points);
        ComposePairs(points);
        var builder = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            builder.Append(new Rune(point).ToString());
        }

        return builder.ToString();
    }

    private static bool IsComposed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= FirstCombining && (Suspects.Contains(rune.Value) || IsHangulPart(rune.Value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHangulPart(int point) =>
        point is (>= VowelBase and < VowelBase + VowelCount) or (> TrailingBase and < TrailingBase + TrailingCount);

    private static List<int> Decompose(string text)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            AddDecomposed(points, rune.Value);
        }

        return points;
    }

    private static void AddDecomposed(List<int> points, int point)
    {
        var syllable = point - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            points.Add(LeadingBase + (syllable / (VowelCount * TrailingCount)));
            points.Add(VowelBase + (syllable / TrailingCount % VowelCount));
            if (syllable % TrailingCount > 0)
            {
                points.Add(TrailingBase + (syllable % TrailingCount));
            }
        }
        else if (Parts.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
            {
                AddDecomposed(points, part);
            }
        }
        else
        {
            points.Add(point);
        }
    }

    /// <summary>Marks of one character by class; those of the same class keep their order, which is why it is an insertion sort.</summary>
    private static void SortMarks(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var (point, combining) = (points[i], ClassOf(points[i]));
            var place = i;
            while (combining > 0 && place > 0 && ClassOf(points[place - 1]) > combining)
            {
                points[place] = points[place - 1];
                place--;
            }

            points[place] = point;
        }
    }

    /// <summary>Joins each mark to the last starter when nothing of the same or a higher class stands between them.</summary>
    private static void ComposePairs(List<int> points)
    {
        var (starter, written, lastClass) = (-1, 0, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var (point, combining) = (points[i], ClassOf(points[i]));
            var isAdjacent = starter == written - 1;
            if (starter >= 0 && (isAdjacent || (lastClass > 0 && lastClass < combining)) && ComposePair(points[starter], point) is { } composite)
            {
                points[starter] = composite;
                continue;
            }

            if (combining == 0)
            {
                starter = written;
            }

            lastClass = combining;
            points[written++] = point;
        }

        points.RemoveRange(written, points.Count - written);
    }

    private static int? ComposePair(int first, int second)
    {
        if (first - LeadingBase is >= 0 and < LeadingCount && second - VowelBase is >= 0 and < VowelCount)
        {
            return SyllableBase + ((((first - LeadingBase) * VowelCount) + second - VowelBase) * TrailingCount);
        }

        if (first - SyllableBase is >= 0 and < SyllableCount
            && (first - SyllableBase) % TrailingCount == 0
            && second - TrailingBase is > 0 and < TrailingCount)
        {
            return first + second - TrailingBase;
        }

        return Composites.TryGetValue((first, second), out var composite) ? composite : null;
    }

    private static int ClassOf(int point) => point >= FirstCombining && Classes.TryGetValue(point, out var combining) ? combining : 0;

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static IEnumerable<string> ReadLines()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Validation/CanonicalComposition.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }
}
