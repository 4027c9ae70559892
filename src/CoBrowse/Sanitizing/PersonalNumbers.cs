using System.Buffers;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// Finds the pieces of a text that are never shown: numbers that are long, or look like a card's, an account's or a phone's,
/// and e-mail addresses. The rule is that of docs/cobrowse-frames.md. Not thread-safe.
/// </summary>
internal sealed class PersonalNumbers(TextRules rules, char maskCharacter)
{
    private readonly SearchValues<char> _digits = SearchValues.Create([.. rules.DigitZeros.SelectMany(zero => Enumerable.Range(zero, 10)).Select(digit => (char)digit)]);
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

        throw new ArgumentOutOfRangeException(nameof(character), "is no digit");
    }

    private void ReadGroups(ReadOnlySpan<char> text)
    {
        _groups.Clear();
        for (var end = 0; text[end..].IndexOfAny(_digits) is var before and >= 0;)
        {
            var start = end + before;
            var length = text[start..].IndexOfAnyExcept(_digits);
            end = length < 0 ? text.Length : start + length;
            _groups.Add(new Group(start, end));
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
            var sum = default(LuhnSum);
            for (var last = first; last < _groups.Count && (last == first || Joined(text, last, _wide, rules.WideJoin)); last++)
            {
                digits += _groups[last].Digits;
                if (digits > rules.CardDigits[1])
                {
                    break;
                }

                sum = sum.Append(text[_groups[last].Start.._groups[last].End], this);
                if (digits >= rules.CardDigits[0] && sum.IsRight)
                {
                    pieces.Add((_groups[first].Start, _groups[last].End));
                }
            }
        }
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

    /// <summary>The sum as it is with the last digit counted once, and as it would be with another digit behind.</summary>
    private readonly record struct LuhnSum(int Once, int Twice)
    {
        public bool IsRight => Once % 10 == 0;

        public LuhnSum Append(ReadOnlySpan<char> digits, PersonalNumbers numbers)
        {
            var sum = this;
            foreach (var character in digits)
            {
                var digit = numbers.Digit(character);
                sum = new LuhnSum(sum.Twice + digit, sum.Once + (digit > 4 ? (digit * 2) - 9 : digit * 2));
            }

            return sum;
        }
    }
}
