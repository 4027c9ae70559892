using CoPilot.CoBrowse.Sessions;
using CoPilot.Contracts;
using CoPilot.Contracts.CoBrowse;
using CoPilot.Realtime.Outcomes;

namespace CoPilot.CoBrowse.Relay;

/// <summary>What requests must look like. Fields may be null whatever their type says: they come from outside. Pure.</summary>
internal static class FrameRequests
{
    public static Refusal? Check(PublishFramesRequest request)
    {
        if (request.Frames is null)
        {
            return SessionRefusals.Invalid("frames is missing.");
        }

        var bytes = 0L;
        for (var i = 0; i < request.Frames.Count; i++)
        {
            if (request.Frames[i] is not { } frame)
            {
                return SessionRefusals.Invalid("a frame is missing.");
            }

            bytes += frame.Data.Length;
        }

        return bytes > Limits.FrameBytes ? SessionRefusals.TooLarge($"frames have more than {Limits.FrameBytes} bytes of data.") : null;
    }

    public static Refusal? Check(PublishPointerRequest request) =>
        IsCoordinate(request.X) && IsCoordinate(request.Y) && IsCoordinate(request.ScrollX) && IsCoordinate(request.ScrollY)
            ? null
            : SessionRefusals.Invalid($"coordinates must be -{Limits.Coordinate} to {Limits.Coordinate}.");

    /// <summary>Not a number is none.</summary>
    private static bool IsCoordinate(double value) => Math.Abs(value) <= Limits.Coordinate;
}
