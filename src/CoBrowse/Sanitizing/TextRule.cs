using System.Buffers;
using System.Text;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>What becomes of a text, in both modes. Not thread-safe.</summary>
internal sealed class TextRule(SanitizerRules rules)
{
    private const string Space = " ";

    private readonly PersonalNumbers _numbers = new(rules.Text, rules.Mask[0]);
    private readonly SearchValues<char> _spaces = SearchValues.Create([.. rules.Text.Spaces.Select(space => (char)space)]);
    private readonly List<(int Start, int End)> _pieces = [];

    /// <summary>Whether a text may stand anywhere: it tells nothing.</summary>
    public bool IsMasked(ReadOnlySpan<char> text) => text is "" or Space || text.SequenceEqual(rules.Mask);

    /// <summary>Whether a text may stand in a shown region as it is.</summary>
    public bool MayBeShown(ReadOnlySpan<char> text) =>
        IsMasked(text) || (text.Length <= rules.Limits.TextUnits && text.ContainsAnyExcept(_spaces) && !_numbers.Find(text, _pieces));

    public string Make(string text, bool shown)
    {
        if (!text.AsSpan().ContainsAnyExcept(_spaces))
        {
            return text.Length == 0 ? text : Space;
        }

        if (!shown || text.Length > rules.Limits.TextUnits)
        {
            return rules.Mask;
        }

        // A mask can be where something new begins, such as an account number behind a masked one.
        while (_numbers.Find(text, _pieces))
        {
            text = MaskPieces(text);
        }

        return text.Length > rules.Limits.TextUnits ? rules.Mask : text;
    }

    private string MaskPieces(string text)
    {
        _pieces.Sort();
        var masked = new StringBuilder(text.Length);
        var done = 0;
        foreach (var (start, end) in _pieces)
        {
            // What touches the piece before belongs to it.
            if (start > done || done == 0)
            {
                masked.Append(text, done, start - done).Append(rules.Mask);
            }

            done = Math.Max(done, end);
        }

        return masked.Append(text, done, text.Length - done).ToString();
    }
}
