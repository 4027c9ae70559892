using CoPilot.Realtime.Outcomes;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Which numbers a site calls. The longest of all prefixes that a number begins with decides, and of two alike the allowed one: so an operator can block a part of
/// an allowed country, and allow a part of what is blocked. What no prefix allows is not called. The browser decides by the same rule
/// (<c>client/src/callback/phone-rules.ts</c>); <c>Vectors/phone.json</c> holds both to it. Immutable.
/// </summary>
public sealed class PhonePolicy
{
    /// <summary>
    /// Premium-rate numbers of the Netherlands, their neighbours and France; and <c>0</c> behind their country's code, which no number has, but by which a network may
    /// still be led to the number without it. Emergency numbers are no E.164 numbers (too short); <c>+31112</c> is here for those who write digits after it, which
    /// no other Dutch number begins with.
    /// </summary>
    internal static readonly IReadOnlyList<string> AlwaysBlocked =
    [
        "+310", "+31112", "+31900", "+31906", "+31909",
        "+320", "+3270", "+3290",
        "+330", "+338",
        "+352900", "+352901", "+352905",
        "+440", "+4470", "+4484", "+4487", "+449",
        "+490", "+49137", "+49900",
    ];

    /// <summary>Of a site that calls nobody.</summary>
    public static readonly PhonePolicy None = new([], []);

    /// <summary>Digits that stay readable in a masked number.</summary>
    private const int ShownDigits = 4;

    /// <summary>Plus and three digits.</summary>
    private const int LongestCountryCode = 4;

    private const string Dots = "••••";

    /// <param name="prefixes">Allowed: <c>+</c> and digits.</param>
    /// <param name="blockedPrefixes">As well as those that are always blocked.</param>
    public PhonePolicy(IEnumerable<string> prefixes, IEnumerable<string> blockedPrefixes)
    {
        Prefixes = [.. prefixes.Distinct(StringComparer.Ordinal)];
        BlockedPrefixes = [.. AlwaysBlocked.Concat(blockedPrefixes).Distinct(StringComparer.Ordinal).Except(Prefixes)];
    }

    public IReadOnlyList<string> Prefixes { get; }

    /// <summary>All of them, those that are always blocked too.</summary>
    public IReadOnlyList<string> BlockedPrefixes { get; }

    /// <summary>Refusals: <c>invalid</c>; they do not repeat what was given.</summary>
    /// <param name="text">As it came from outside.</param>
    public Outcome<PhoneNumber> Read(string? text)
    {
        if (PhoneNumber.Parse(text) is not { } number)
        {
            return string.IsNullOrEmpty(text) ? CallbackRefusals.NoNumber : CallbackRefusals.MalformedNumber;
        }

        return Check(number) is { } refusal ? refusal : number;
    }

    /// <summary>Null when the number may be called: what was accepted once may be refused by a later configuration.</summary>
    public Refusal? Check(PhoneNumber number)
    {
        var allowed = LongestOf(Prefixes, number);
        if (allowed == 0)
        {
            return CallbackRefusals.OtherCountry;
        }

        return LongestOf(BlockedPrefixes, number) > allowed ? CallbackRefusals.BlockedNumber : null;
    }

    /// <summary>
    /// For people: the country's code where a prefix tells it, dots and the last digits, as in <c>+31 •••• 5678</c>. At least half of what follows the code stays
    /// hidden, and the dots say nothing of how much.
    /// </summary>
    public string Mask(PhoneNumber number)
    {
        var prefix = Matching(Prefixes, number).MinBy(prefix => prefix.Length) ?? "";
        var code = prefix[..Math.Min(prefix.Length, LongestCountryCode)];
        var rest = number.ToE164()[Math.Max(1, code.Length)..];
        return $"{(code.Length == 0 ? "+" : code + " ")}{Dots} {rest[^Math.Min(ShownDigits, rest.Length / 2)..]}";
    }

    private static int LongestOf(IEnumerable<string> prefixes, PhoneNumber number) =>
        Matching(prefixes, number).Select(prefix => prefix.Length).DefaultIfEmpty().Max();

    private static IEnumerable<string> Matching(IEnumerable<string> prefixes, PhoneNumber number)
    {
        var e164 = number.ToE164();
        return prefixes.Where(prefix => e164.StartsWith(prefix, StringComparison.Ordinal));
    }
}
