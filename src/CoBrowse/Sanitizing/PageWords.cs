using System.Text.RegularExpressions;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// What agents read of a page's title and path. Both are the shop's words and are shown, but for what shown text never shows either; in a path
/// also for what looks like a key to something. Thread-safe.
/// </summary>
internal static partial class PageWords
{
    [ThreadStatic]
    private static TextRule? _rule;

    private static TextRule Rule => _rule ??= new TextRule(SanitizerRules.Default);

    private static string Mask => SanitizerRules.Default.Mask;

    public static string MaskTitle(string title) => Rule.Make(title, shown: true);

    /// <param name="path">A plain path; its segments are judged as people read them, each for itself (a date is many), and masked as a whole.</param>
    public static string MaskPath(string path)
    {
        var segments = path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            if (segments[i].Length > 0 && IsPersonal(Uri.UnescapeDataString(segments[i])))
            {
                segments[i] = Mask;
            }
        }

        return string.Join('/', segments);
    }

    private static bool IsPersonal(string segment) => !Rule.MayBeShown(segment) || Token().IsMatch(segment);

    /// <summary>16 letters and digits in one piece with a digit among them, which words have not; or a UUID.</summary>
    [GeneratedRegex("(?=[A-Za-z_]{0,15}[0-9])[A-Za-z0-9_]{16}|[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")]
    private static partial Regex Token();
}
