using System.Text.RegularExpressions;
using CoPilot.TestKit;

namespace CoPilot.Contracts.Tests.Repository;

public sealed partial class DocumentLinkTests
{
    public static TheoryData<string> Documents => [.. Checkout.FilesEndingIn(".md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_InEachDocument_LeadSomewhere(string document)
    {
        var text = File.ReadAllText(Checkout.File(document));
        var folder = Path.GetDirectoryName(Checkout.File(document))!;

        var broken = Link().Matches(text)
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !LeadsSomewhere(target, folder, text));

        Assert.Empty(broken);
    }

    private static bool LeadsSomewhere(string target, string folder, string ownText)
    {
        var parts = target.Split('#', 2);
        var path = Path.Combine(folder, parts[0]);
        if (parts[0].Length > 0 && !Path.Exists(path))
        {
            return false;
        }

        return parts.Length == 1 || Anchors(parts[0].Length == 0 ? ownText : File.ReadAllText(path)).Contains(parts[1]);
    }

    /// <summary>As GitHub makes them: lower case, spaces to dashes, everything else but letters, digits, dashes and underscores gone.</summary>
    private static IEnumerable<string> Anchors(string text) => Heading().Matches(text)
        .Select(match => NotInAnchor().Replace(match.Groups["title"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
