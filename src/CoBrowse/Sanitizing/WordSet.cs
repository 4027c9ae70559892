using System.Collections.Frozen;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>A closed list of words that is asked with slices of a text. Immutable.</summary>
internal sealed class WordSet
{
    private const int LongestLookedUp = 64;

    private readonly FrozenSet<string> _words;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public WordSet(IEnumerable<string> words)
    {
        _words = words.ToFrozenSet(StringComparer.Ordinal);
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyCollection<string> Words => _words;

    /// <summary>Lists in the rules are one string: parted by <c>|</c> when it holds one, otherwise by spaces.</summary>
    public static WordSet Parse(string list) => new(Split(list));

    public static string[] Split(string list) => list.Split(list.Contains('|') ? '|' : ' ', StringSplitOptions.RemoveEmptyEntries);

    public bool Contains(ReadOnlySpan<char> word) => word.Length <= LongestLookedUp && _lookup.Contains(word);

    public bool TryGet(ReadOnlySpan<char> word, out string? found)
    {
        found = null;
        return word.Length <= LongestLookedUp && _lookup.TryGetValue(word, out found);
    }

    /// <summary>The list's own word, for a word in any case of ASCII letters.</summary>
    public bool TryGetLower(ReadOnlySpan<char> word, out string? found)
    {
        found = null;
        if (word.Length > LongestLookedUp)
        {
            return false;
        }

        Span<char> lower = stackalloc char[word.Length];
        Ascii.Lower(word, lower);
        return _lookup.TryGetValue(lower, out found);
    }
}
