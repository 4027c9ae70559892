using System.Buffers;
using CoPilot.Realtime.MessagePack;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace CoPilot.Realtime.Tests.MessagePack;

internal static class Frames
{
    public static readonly MessagePackHubProtocol Protocol = new();

    /// <summary>The only message in these bytes, which must be used up.</summary>
    public static HubMessage Parse(ReadOnlySequence<byte> input, IInvocationBinder binder)
    {
        Assert.True(Protocol.TryParseMessage(ref input, binder, out var message), "Not a whole message.");
        Assert.Equal(0, input.Length);
        return message;
    }

    public static HubMessage Parse(byte[] input, IInvocationBinder binder) => Parse(new ReadOnlySequence<byte>(input), binder);

    public static HubMessage ParseHex(string payload, IInvocationBinder binder) => Parse(Frame(Convert.FromHexString(payload)), binder);

    /// <summary>With its length in front.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var prefix = new List<byte>();
        var rest = payload.Length;
        for (; rest > 0x7f; rest >>= 7)
        {
            prefix.Add((byte)(rest | 0x80));
        }

        return [.. prefix, (byte)rest, .. payload];
    }

    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> frame)
    {
        var prefix = 0;
        while (frame[prefix++] > 0x7f)
        {
        }

        return frame[prefix..];
    }

    /// <summary>The bytes as a sequence of segments, each in an array of its own.</summary>
    public static ReadOnlySequence<byte> Split(params byte[][] parts)
    {
        var first = new Segment(parts[0], null);
        var last = first;
        foreach (var part in parts[1..])
        {
            last = new Segment(part, last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                before.Next = this;
                RunningIndex = before.RunningIndex + before.Memory.Length;
            }
        }
    }
}
