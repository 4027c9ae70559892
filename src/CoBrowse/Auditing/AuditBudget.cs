namespace CoPilot.CoBrowse.Auditing;

/// <summary>
/// How many entries one side may still cause in a session by what it can repeat at will; beyond, one <see cref="AuditWords.More"/> a minute says that there was more.
/// Each side has its own, so that neither can keep out of the audit what the other does. Immutable.
/// </summary>
public sealed record AuditBudget(int Entries = 0, DateTimeOffset? MoreAt = null)
{
    /// <summary>More than people cause in an hour: one every four seconds. An entry has about 250 bytes.</summary>
    public const int Most = 1_000;

    public static readonly TimeSpan MoreEvery = TimeSpan.FromMinutes(1);

    public static AuditBudget Unused { get; } = new();

    /// <summary>What is written instead of this word, if anything, and what is left.</summary>
    public (AuditBudget Left, string? Word) Take(string word, DateTimeOffset now)
    {
        if (Entries < Most)
        {
            return (this with { Entries = Entries + 1 }, word);
        }

        return MoreAt is { } last && now - last < MoreEvery ? (this, null) : (this with { MoreAt = now }, AuditWords.More);
    }
}
