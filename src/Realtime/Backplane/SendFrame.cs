using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Backplane;

/// <summary>An event on its way to other nodes: for whom, for whom not, and the payload.</summary>
/// <param name="Kind">Of the names; null is everybody, and there are no names then.</param>
internal sealed record SendFrame(
    MembershipKind? Kind, IReadOnlyList<string> Names, IReadOnlyList<string> ExcludedConnectionIds, SerializedMessage[] Payloads)
{
    private const byte Everybody = (byte)'a';

    public static byte[] Make(
        string hub,
        MembershipKind? kind,
        IReadOnlyList<string> names,
        IReadOnlyList<string> excludedConnectionIds,
        SerializedHubMessage message,
        IReadOnlyList<IHubProtocol> protocols)
    {
        var frame = new FrameWriter(BackplaneFrame.Send, hub);
        frame.Byte((byte?)kind ?? Everybody);
        frame.Texts(names);
        frame.Texts(excludedConnectionIds);
        Payload.Write(frame, message, protocols);
        return frame.ToFrame();
    }

    public static SendFrame Read(ref FrameReader frame)
    {
        var kind = frame.Byte();
        return new SendFrame(kind == Everybody ? null : (MembershipKind)kind, frame.Texts(), frame.Texts(), Payload.Read(ref frame));
    }
}
