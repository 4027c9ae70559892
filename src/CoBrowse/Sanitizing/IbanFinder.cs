using System.Buffers;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>Finds international bank account numbers: two letters, two digits, the account, and a remainder by 97 of 1. Thread-safe.</summary>
internal sealed class IbanFinder(TextRules rules, SearchValues<char> joiners)
{
    private const int Modulus = 97;
    private const int Head = 4;

    // Two letters of two digits each, and two digits: what the head becomes where it stands at the end.
    private const int HeadFactor = 1_000_000;

    public void Find(ReadOnlySpan<char> text, List<(int Start, int End)> pieces)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetter(text[i]) && (i == 0 || !char.IsAsciiLetterOrDigit(text[i - 1])) && End(text, i) is var end && end > i)
            {
                pieces.Add((i, end));
            }
        }
    }

    /// <summary>Where the longest account number from here ends; 0 when there is none.</summary>
    private int End(ReadOnlySpan<char> text, int start)
    {
        var count = 0;
        var head = 0;
        var account = 0;
        var found = 0;
        for (var i = start; i < text.Length && count < rules.IbanLength[1]; i++)
        {
            var character = text[i];
            if (!char.IsAsciiLetterOrDigit(character))
            {
                // One joiner, and only when a letter or digit is right behind it.
                if (!joiners.Contains(character) || i + 1 >= text.Length || !char.IsAsciiLetterOrDigit(text[i + 1]))
                {
                    break;
                }

                continue;
            }

            if (count < Head && char.IsAsciiLetter(character) != (count < 2))
            {
                return 0;
            }

            // The head counts last, so what is behind it goes on from character to character.
            (head, account) = count++ < Head ? (Append(head, character), 0) : (head, Append(account, character) % Modulus);
            var ends = i + 1 >= text.Length || !char.IsAsciiLetterOrDigit(text[i + 1]);
            if (ends && count >= rules.IbanLength[0] && ((account * HeadFactor) + head) % Modulus == 1)
            {
                found = i + 1;
            }
        }

        return found;
    }

    private static int Append(int number, char character) =>
        char.IsAsciiDigit(character) ? (number * 10) + (character - '0') : (number * 100) + ((character | 0x20) - 'a' + 10);
}
