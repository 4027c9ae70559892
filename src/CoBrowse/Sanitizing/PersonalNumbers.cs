using System.Buffers;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// Finds the pieces of a text that are never shown: numbers that are long, or look like a card's, an account's or a phone's,
/// and e-mail addresses. The rule is that of docs/cobrowse-frames.md. Not thread-safe.
/// </summary>
internal sealed class PersonalNumbers(TextRules rules, char maskCharacter)
{
    private readonly SearchValues<char> _narrow = Set(rules.NarrowJoiners);
    private readonly SearchValues<char> _wide = Set(rules.WideJoiners);
    private readonly SearchValues<char> _ats = Set(rules.Ats);
    private readonly SearchValues<char> _addressEnds = SearchValues.Create(
        [.. rules.Spaces.Select(space => (char)space), .. rules.AddressEnds, maskCharacter]);

    private readonly IbanFinder _ibans = new(rules, Set(rules.NarrowJoiners));
    private readonly List<Group> _groups = [];

    /// <summary>Adds the pieces of a text, which may overlap, and says whether there is any.</summary>
    public bool Find(ReadOnlySpan<char> text, List<(int Start, int End)> pieces)
    {
        pieces.Clear();
        if (text.ContainsAny(_ats))
        {
            FindAddresses(text, pieces);
        }

        ReadGroups(text);
        if (_groups.Count > 0)
        {
            FindLongNumbers(text, pieces);
            FindCards(text, pieces);
            _ibans.Find(text, pieces);
        }

        return pieces.Count > 0;
    }

    private static SearchValues<char> Set(int[] characters) => SearchValues.Create([.. characters.Select(character => (char)character)]);

    private int Digit(char character)
    {
        foreach (var zero in rules.DigitZeros)
        {
            if (character >= zero && character < zero + 10)
            {
                return character - zero;
            }
        }

        return -1;
    }

    private void ReadGroups(ReadOnlySpan<char> text)
    {
        _groups.Clear();
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && Digit(text[i]) >= 0)
            {
                i++;
            }

            if (i > start)
            {
                _groups.Add(new Group(start, i));
            }
        }
    }

    private bool Joined(ReadOnlySpan<char> text, int group, SearchValues<char> joiners, int most)
    {
        var between = text[_groups[group - 1].End.._groups[group].Start];
        return between.Length <= most && !between.ContainsAnyExcept(joiners);
    }

    private void FindLongNumbers(ReadOnlySpan<char> text, List<(int Start, int End)> pieces)
    {
        for (var first = 0; first < _groups.Count;)
        {
            var behind = first + 1;
            var digits = _groups[first].Digits;
            while (behind < _groups.Count && Joined(text, behind, _narrow, rules.NarrowJoin))
            {
                digits += _groups[behind++].Digits;
            }

            if (digits >= rules.PhoneDigits)
            {
                pieces.Add((_groups[first].Start, _groups[behind - 1].End));
            }

            first = behind;
        }
    }

    private void FindCards(ReadOnlySpan<char> text, List<(int Start, int End)> pieces)
    {
        for (var first = 0; first < _groups.Count; first++)
        {
            var digits = 0;
            for (var last = first; last < _groups.Count && (last == first || Joined(text, last, _wide, rules.WideJoin)); last++)
            {
                digits += _groups[last].Digits;
                if (digits > rules.CardDigits[1])
                {
                    break;
                }

                if (digits >= rules.CardDigits[0] && HasLuhnSum(text, first, last))
                {
                    pieces.Add((_groups[first].Start, _groups[last].End));
                }
            }
        }
    }

    private bool HasLuhnSum(ReadOnlySpan<char> text, int first, int last)
    {
        var sum = 0;
        var doubled = false;
        for (var group = last; group >= first; group--)
        {
            for (var i = _groups[group].End - 1; i >= _groups[group].Start; i--)
            {
                var digit = Digit(text[i]) * (doubled ? 2 : 1);
                sum += digit > 9 ? digit - 9 : digit;
                doubled = !doubled;
            }
        }

        return sum % 10 == 0;
    }

    private void FindAddresses(ReadOnlySpan<char> text, List<(int Start, int End)> pieces)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = text[start..].IndexOfAny(_addressEnds);
            var end = length < 0 ? text.Length : start + length;
            if (end - start > 2 && text[(start + 1)..(end - 1)].ContainsAny(_ats))
            {
                pieces.Add((start, end));
            }

            start = end + 1;
        }
    }

    private readonly record struct Group(int Start, int End)
    {
        public int Digits => End - Start;
    }
}
