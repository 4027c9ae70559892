namespace CoPilot.CoBrowse.Sanitizing;

/// <summary>What the rule for text is made of; docs/cobrowse-frames.md says how.</summary>
internal sealed record TextRules(
    int[] Spaces,
    int[] DigitZeros,
    int[] NarrowJoiners,
    int[] WideJoiners,
    int[] Ats,
    string AddressEnds,
    int PhoneDigits,
    int[] CardDigits,
    int[] IbanLength,
    int NarrowJoin,
    int WideJoin);
