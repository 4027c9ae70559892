namespace CoPilot.CoBrowse.Auditing;

/// <summary>What happened in a session, as it was written down: who, when, which page (its path), why it ended. Never what a page showed, a code or a query string.</summary>
/// <param name="Number">1, 2, 3 ... in its session.</param>
/// <param name="Role">One of <see cref="Contracts.Roles"/>.</param>
/// <param name="Who">The person's id.</param>
/// <param name="What">One of <see cref="AuditWords"/>.</param>
/// <param name="Hash">Over the one before and this; see <see cref="AuditChain"/>.</param>
public sealed record AuditEntry(long Number, DateTimeOffset At, string Role, string Who, string What, string? Data, string Hash);

/// <summary>An entry before it is written down.</summary>
public sealed record AuditNote(string Role, string Who, string What, string? Data = null);

/// <summary>The end of a session's chain: how many entries, and the last one's hash.</summary>
public sealed record AuditHead(long Count, string Hash);

/// <summary>What audit entries say.</summary>
public static class AuditWords
{
    public const string Issued = "issued";

    /// <summary>The code was shown in a chat; with the conversation's id.</summary>
    public const string Invited = "invited";

    /// <summary>A wrong proof.</summary>
    public const string Tried = "tried";
    public const string Redeemed = "redeemed";
    public const string Consented = "consented";
    public const string Declined = "declined";
    public const string Resumed = "resumed";

    /// <summary>The agent was shown a page; with its path.</summary>
    public const string Page = "page";

    /// <summary>The customer looked at something that the agent may not see.</summary>
    public const string OutOfScope = "out_of_scope";
    public const string Paused = "paused";
    public const string Continued = "continued";
    public const string Watched = "watched";

    /// <summary>The agent pointed, highlighted, drew, proposed to scroll or to open a page; with which of them, and the path.</summary>
    public const string Command = "command";
    public const string ProposalAccepted = "proposal_accepted";
    public const string ProposalDeclined = "proposal_declined";

    /// <summary>Further entries of this person were left out for a minute; see <see cref="AuditBudget"/>.</summary>
    public const string More = "more";

    /// <summary>The browser sent what an honest one never does; with the sanitizer's word for it.</summary>
    public const string Unsafe = "unsafe";

    /// <summary>After the end the customer said that they had not called the shop.</summary>
    public const string Flagged = "flagged";

    /// <summary>With the reason.</summary>
    public const string Ended = "ended";
}
