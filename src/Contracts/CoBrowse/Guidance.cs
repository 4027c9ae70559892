namespace CoPilot.Contracts.CoBrowse;

/// <summary>What the agent shows on the customer's page: pointing, highlighting, drawing, a place to scroll to. Nothing of it touches the page.</summary>
/// <param name="NodeId">The recording's number of an element.</param>
/// <param name="X">With <paramref name="NodeId"/> from 0 to 1 across that element's box; else in CSS pixels of the whole page, like <paramref name="Y"/>.
/// A point without coordinates, and a highlight without a node, take back the last one.</param>
/// <param name="Points">Of a drawing: x and y in turn, in CSS pixels of the whole page; at most <see cref="Limits.DrawnPoints"/> numbers. None take back all drawings.</param>
/// <param name="Seq">The last frame that the agent was shown: what they meant on a page that the customer has left since is refused (<c>conflict</c>), because
/// elements are numbered anew on each. Without it, and of points, which follow each other ten times a second, that is not looked at.</param>
public sealed record GuidanceRequest(
    string SessionId, int? NodeId = null, double? X = null, double? Y = null, IReadOnlyList<double>? Points = null, long? Seq = null);

/// <summary>As in <see cref="GuidanceRequest"/>.</summary>
public sealed record GuidanceEvent(
    string SessionId, int? NodeId = null, double? X = null, double? Y = null, IReadOnlyList<double>? Points = null);

/// <param name="Url">A path of the page that is shown, or a whole address; <c>forbidden</c> outside the site's scope.</param>
public sealed record ProposeNavigationRequest(string SessionId, string Url);

public sealed record ProposeNavigationResult(string ProposalId);

/// <param name="Url">The whole address; the page checks it by the same rules.</param>
/// <param name="AtOnce">The site's policy: nobody is asked.</param>
public sealed record NavigationProposedEvent(string SessionId, string ProposalId, string Url, bool AtOnce);

/// <summary>The customer's answer to the last proposal; a page that could not go there answers no.</summary>
public sealed record AnswerNavigationRequest(string SessionId, string ProposalId, bool Accepted);

public sealed record NavigationAnsweredEvent(string SessionId, string ProposalId, bool Accepted);

/// <summary>A page of the site that agents propose often.</summary>
/// <param name="Url">In scope, as <c>ProposeNavigation</c> takes it: a path of the page's origin, or a whole address.</param>
public sealed record SitePage(string Title, string Url);
