using System.Diagnostics.CodeAnalysis;

namespace CoPilot.CoBrowse.Codes;

/// <summary>
/// The short code that an agent reads out and a customer types: 8 characters of an alphabet without letters that sound or look like
/// others, shown as <c>XXX-XXXXX</c>. The first three find the session, the last five prove that the code was heard. Immutable.
/// </summary>
public sealed class CoPilotCode
{
    /// <summary>31 characters: no 0, 1, I, L or O.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Length = 8;
    private const int FinderLength = 3;

    private readonly string _characters;

    private CoPilotCode(string characters) => _characters = characters;

    /// <summary>Finds the session; not a secret on its own.</summary>
    public string Finder => _characters[..FinderLength];

    /// <summary>Proves the code: 31^5, about 28.6 million possibilities.</summary>
    public string Proof => _characters[FinderLength..];

    /// <summary>All codes are equally likely when the bytes are.</summary>
    /// <param name="fill">Fills with random bytes; called until there are enough.</param>
    public static CoPilotCode Make(Action<Span<byte>> fill)
    {
        Span<byte> bytes = stackalloc byte[32];
        Span<char> characters = stackalloc char[Length];
        var count = 0;
        while (count < Length)
        {
            fill(bytes);
            foreach (var value in bytes)
            {
                // What is left of a byte above the last multiple of 31 would make the first letters likelier.
                if (count < Length && value < byte.MaxValue / Alphabet.Length * Alphabet.Length)
                {
                    characters[count++] = Alphabet[value % Alphabet.Length];
                }
            }
        }

        return new CoPilotCode(new string(characters));
    }

    /// <summary>Reads what a person typed: case, spaces and dashes do not matter, anything else does.</summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out CoPilotCode? code)
    {
        code = null;
        Span<char> characters = stackalloc char[Length];
        var count = 0;
        foreach (var character in typed ?? "")
        {
            if (character is ' ' or '-')
            {
                continue;
            }

            var upper = char.ToUpperInvariant(character);
            if (count == Length || !Alphabet.Contains(upper, StringComparison.Ordinal))
            {
                return false;
            }

            characters[count++] = upper;
        }

        code = count == Length ? new CoPilotCode(new string(characters)) : null;
        return code is not null;
    }

    public override string ToString() => $"{Finder}-{Proof}";
}
