using System.Buffers;
using System.Globalization;
using CoPilot.CoBrowse.Sanitizing;
using CoPilot.CoBrowse.Scope;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Sessions;

/// <summary>What requests must look like, and what the agent may know of a page. Fields may be null whatever their type says: they come from outside. Pure.</summary>
internal static class SessionRequests
{
    /// <summary>Ids that the server made are far below it; it only bounds what is looked up.</summary>
    private const int OpaqueIdLength = 200;

    private const int TokenLength = 100;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:");

    public static bool IsId(string? id, int length = OpaqueIdLength) =>
        !string.IsNullOrEmpty(id) && id.Length <= length && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    public static bool IsToken(string? token) => IsId(token, TokenLength);

    public static Refusal? CheckPage(string? pageUrl, string? pageTitle, string? version = "")
    {
        if (pageUrl is null || pageTitle is null || version is null)
        {
            return SessionRefusals.Invalid("pageUrl, pageTitle and version are needed.");
        }

        if (pageUrl.Length > Limits.UrlLength)
        {
            return SessionRefusals.TooLarge($"pageUrl is longer than {Limits.UrlLength} characters.");
        }

        return version.Length > Limits.NameLength ? SessionRefusals.TooLarge($"version is longer than {Limits.NameLength} characters.") : null;
    }

    public static Refusal? CheckViewport(Viewport? viewport) =>
        viewport is { Width: >= 0 and <= Limits.ViewportPixels, Height: >= 0 and <= Limits.ViewportPixels }
            ? null
            : SessionRefusals.Invalid($"viewport must be 0 to {Limits.ViewportPixels} wide and high.");

    /// <summary>The path and the title of a page in scope; nothing of any other.</summary>
    public static CustomerPage Page(ScopePolicy scope, string pageUrl, string pageTitle, Viewport? viewport) =>
        scope.PathOf(pageUrl) is { } path
            ? new CustomerPage(new WatchedPage(true, PageWords.MaskPath(path), Line(pageTitle), viewport), scope.OriginOf(pageUrl))
            : new CustomerPage(new WatchedPage(false));

    /// <summary>A title is the page's and not the person's: what shows nothing becomes a blank, personal numbers are masked, and what is too long is cut after that: a
    /// part of a number would not be known for one.</summary>
    private static string Line(string title)
    {
        var plain = string.Create(title.Length, title, (line, text) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = IsShown(text, i) ? text[i] : ' ';
            }
        });
        var masked = PageWords.MaskTitle(plain);
        if (masked.Length <= Limits.TitleLength)
        {
            return masked;
        }

        var length = char.IsHighSurrogate(masked[Limits.TitleLength - 1]) ? Limits.TitleLength - 1 : Limits.TitleLength;
        return masked[..length];
    }

    /// <summary>Control and direction characters could make a title look like the console's own words; halves of a pair are no text.</summary>
    private static bool IsShown(string text, int i) => char.GetUnicodeCategory(text[i]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.Surrogate =>
            char.IsHighSurrogate(text[i]) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) : i > 0 && char.IsHighSurrogate(text[i - 1]),
        _ => true,
    };
}
