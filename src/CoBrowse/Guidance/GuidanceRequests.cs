using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Guidance;

/// <summary>What guidance must look like: only what the kind has a meaning for, and only numbers that a page can have. Pure.</summary>
internal static class GuidanceRequests
{
    private static readonly Refusal BadNode = SessionRefusals.Invalid($"nodeId must be 1 to {int.MaxValue}.");

    private static readonly Refusal BadCoordinates = SessionRefusals.Invalid(
        $"x and y belong together: 0 to 1 with a nodeId, else pixels of the page from -{Limits.Coordinate} to {Limits.Coordinate}.");

    private static readonly Refusal BadPoints = SessionRefusals.Invalid(
        $"points must be x and y in turn, at most {Limits.DrawnPoints} numbers from -{Limits.Coordinate} to {Limits.Coordinate}.");

    public static GuidanceEvent ToEvent(GuidanceRequest request) => new(request.SessionId, request.NodeId, request.X, request.Y, request.Points);

    public static Refusal? CheckPoint(GuidanceRequest request)
    {
        if (request.Points is not null)
        {
            return SessionRefusals.Invalid("A point has no points; Draw has.");
        }

        return request is { NodeId: not null, X: null } ? BadCoordinates : CheckPlace(request);
    }

    public static Refusal? CheckHighlight(GuidanceRequest request) =>
        request is { X: null, Y: null, Points: null } ? CheckPlace(request) : SessionRefusals.Invalid("A highlight has a nodeId alone.");

    public static Refusal? CheckDrawing(GuidanceRequest request)
    {
        if (request is not { NodeId: null, X: null, Y: null })
        {
            return SessionRefusals.Invalid("A drawing has points alone.");
        }

        if (request.Points is not { } points)
        {
            return null;
        }

        if (points.Count > Limits.DrawnPoints || points.Count % 2 != 0)
        {
            return BadPoints;
        }

        foreach (var number in points)
        {
            if (!IsOnPage(number))
            {
                return BadPoints;
            }
        }

        return null;
    }

    public static Refusal? CheckScroll(GuidanceRequest request) =>
        request is { NodeId: null, X: null } or { Points: not null }
            ? SessionRefusals.Invalid("A place to scroll to is a nodeId, or x and y.")
            : CheckPlace(request);

    public static Refusal? CheckProposal(ProposeNavigationRequest request)
    {
        if (string.IsNullOrEmpty(request.Url))
        {
            return SessionRefusals.Invalid("url is needed.");
        }

        return request.Url.Length > Limits.UrlLength ? SessionRefusals.TooLarge($"url is longer than {Limits.UrlLength} characters.") : null;
    }

    private static Refusal? CheckPlace(GuidanceRequest request)
    {
        if (request.NodeId is < 1)
        {
            return BadNode;
        }

        return (request.X, request.Y) switch
        {
            (null, null) => null,
            ({ } x, { } y) => (request.NodeId is null ? IsOnPage(x) && IsOnPage(y) : IsOnBox(x) && IsOnBox(y)) ? null : BadCoordinates,
            _ => BadCoordinates,
        };
    }

    // Neither is true of what is no number.
    private static bool IsOnPage(double pixels) => pixels is >= -Limits.Coordinate and <= Limits.Coordinate;

    private static bool IsOnBox(double part) => part is >= 0 and <= 1;
}
