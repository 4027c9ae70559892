using System.Buffers;
using System.Text;

namespace CoPilot.LoadRunner.Wire;

/// <summary>What a server says on a hub connection.</summary>
internal enum HubFrameKind
{
    /// <summary>Pings, acknowledgements and whatever else is of no interest.</summary>
    Other,
    Event,
    Answer,
    Refusal,

    /// <summary>A question whether this side is there, to be answered by <see cref="HubDialect.Ping"/>.</summary>
    Ping,
    Close,
}

/// <summary>One message of a server, read no further than was needed to tell what it is.</summary>
/// <param name="kind">What it is.</param>
/// <param name="callId">Of an answer and a refusal.</param>
/// <param name="target">An event's name, in UTF-8.</param>
/// <param name="body">What <see cref="HubDialect.Read{T}"/> takes: a text inside stands in it as UTF-8. Of a refusal and a close the error, in UTF-8.</param>
internal readonly ref struct HubFrame(HubFrameKind kind, int callId, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
{
    public HubFrameKind Kind { get; } = kind;

    public int CallId { get; } = callId;

    public ReadOnlySpan<byte> Target { get; } = target;

    public ReadOnlySpan<byte> Body { get; } = body;
}

/// <summary>One of SignalR's hub protocols as a client speaks it, or another that has calls with answers, and events. Thread-safe.</summary>
internal abstract class HubDialect
{
    private const byte EndOfHandshake = 0x1e;

    public static HubDialect Named(string name) => name switch
    {
        "json" => JsonDialect.Instance,
        "messagepack" => MessagePackDialect.Instance,
        _ => throw new ArgumentException($"There is no hub protocol {name}: json or messagepack.", nameof(name)),
    };

    public abstract bool IsText { get; }

    public abstract ReadOnlySpan<byte> HandshakeRequest { get; }

    public abstract ReadOnlySpan<byte> Ping { get; }

    /// <summary>Clients ping on their own account, and not only when they are asked.</summary>
    public virtual bool PingsUnasked => true;

    /// <summary>
    /// Takes the answer to the handshake off; false while it is not there as a whole. SignalR's is JSON in every protocol, with a byte of its own at the end.
    /// </summary>
    /// <param name="refusal">Null when it was accepted.</param>
    public virtual bool TryShake(ref ReadOnlySpan<byte> bytes, out string? refusal)
    {
        const string Accepted = "{}";
        refusal = null;
        var end = bytes.IndexOf(EndOfHandshake);
        if (end < 0)
        {
            return false;
        }

        var answer = Encoding.UTF8.GetString(bytes[..end]);
        bytes = bytes[(end + 1)..];
        refusal = answer == Accepted ? null : answer;
        return true;
    }

    /// <summary>With one argument, the request, or with several, <see cref="TextArguments"/>.</summary>
    public abstract void WriteCall(ArrayBufferWriter<byte> output, int callId, string method, object request);

    /// <summary>Takes the next message off; false when there is none as a whole.</summary>
    public abstract bool TryTake(ref ReadOnlySpan<byte> bytes, out HubFrame frame);

    /// <summary>An event's first argument, or an answer's result.</summary>
    public abstract T Read<T>(ReadOnlySpan<byte> body);
}
