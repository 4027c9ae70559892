using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Backplane;

/// <summary>A hub message as ready bytes of every hub protocol that this node has, so that a receiving node copies and does not serialise.</summary>
internal static class Payload
{
    public static void Write(FrameWriter frame, SerializedHubMessage message, IReadOnlyList<IHubProtocol> protocols)
    {
        frame.Number((ulong)protocols.Count);
        for (var i = 0; i < protocols.Count; i++)
        {
            frame.Text(protocols[i].Name);
            frame.Bytes(message.GetSerializedMessage(protocols[i]).Span);
        }
    }

    public static SerializedMessage[] Read(ref FrameReader frame)
    {
        var messages = new SerializedMessage[frame.Count()];
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = new SerializedMessage(frame.Text(), frame.Bytes());
        }

        return messages;
    }
}
