using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CoPilot.CoBrowse.Sanitizing.Css;

namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>
/// How authors' names are treated, and so which of its two modes the sanitizer is in: <see cref="Made"/> hashes them,
/// <see cref="Checked"/> accepts only what a hash looks like. Not thread-safe.
/// </summary>
internal abstract class NameMode
{
    public const string CustomPrefix = "x-";
    public const char NamePrefix = '_';
    public const string DashedPrefix = "--";
    public const int HashLength = 8;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int BitsPerCharacter = 5;

    private static readonly SearchValues<char> HashCharacters = SearchValues.Create(Alphabet);

    public static NameMode Checked { get; } = new CheckedNames();

    public static NameMode Made(byte[] key) => new HashedNames(key);

    /// <summary>Writes <c>_abcdefgh</c> for a name; false when it may not be written.</summary>
    public abstract bool TryWriteName(ReadOnlySpan<char> name, CharBuffer output);

    /// <summary>Writes <c>--_abcdefgh</c> for a custom property's name, its dashes included.</summary>
    public abstract bool TryWriteDashed(ReadOnlySpan<char> name, CharBuffer output);

    /// <summary>Writes <c>x-abcdefgh</c> for the lower-case name of a custom element, <c>x-img</c> for a box.</summary>
    public abstract bool TryWriteElement(string name, ElementRules elements, CharBuffer output);

    public static bool IsHash(ReadOnlySpan<char> hash) =>
        hash.Length == HashLength && !hash.ContainsAnyExcept(HashCharacters);

    public static bool IsName(ReadOnlySpan<char> name) => name.Length == HashLength + 1 && name[0] == NamePrefix && IsHash(name[1..]);

    public static bool IsCustomElement(ReadOnlySpan<char> name) => name.StartsWith(CustomPrefix) && IsHash(name[CustomPrefix.Length..]);

    private sealed class CheckedNames : NameMode
    {
        public override bool TryWriteName(ReadOnlySpan<char> name, CharBuffer output) => Write(name, output, IsName(name));

        public override bool TryWriteDashed(ReadOnlySpan<char> name, CharBuffer output) =>
            Write(name, output, name.StartsWith(DashedPrefix) && IsName(name[DashedPrefix.Length..]));

        public override bool TryWriteElement(string name, ElementRules elements, CharBuffer output) =>
            Write(name, output, IsCustomElement(name) || elements.BoxElements.Contains(name));

        private static bool Write(ReadOnlySpan<char> name, CharBuffer output, bool accepted)
        {
            if (accepted)
            {
                output.Append(name);
            }

            return accepted;
        }
    }

    private sealed class HashedNames(byte[] key) : NameMode
    {
        public override bool TryWriteName(ReadOnlySpan<char> name, CharBuffer output) => Write("_", name, output);

        public override bool TryWriteDashed(ReadOnlySpan<char> name, CharBuffer output) => Write("--_", name, output);

        public override bool TryWriteElement(string name, ElementRules elements, CharBuffer output)
        {
            if (!elements.Boxes.ContainsKey(name))
            {
                return Write(CustomPrefix, name, output);
            }

            output.Append(CustomPrefix);
            output.Append(name);
            return true;
        }

        private bool Write(string prefix, ReadOnlySpan<char> name, CharBuffer output)
        {
            output.Append(prefix);
            var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(name.ToString()));
            var bits = ((ulong)hash[0] << 32) | ((ulong)hash[1] << 24) | ((ulong)hash[2] << 16) | ((ulong)hash[3] << 8) | hash[4];
            for (var shift = BitsPerCharacter * (HashLength - 1); shift >= 0; shift -= BitsPerCharacter)
            {
                output.Append(Alphabet[(int)(bits >> shift) & 31]);
            }

            return true;
        }
    }
}
