using System.Buffers;

namespace CoPilot.LoadRunner.Wire;

/// <summary>What a server says on a hub connection.</summary>
internal enum HubFrameKind
{
    /// <summary>Pings, acknowledgements and whatever else is of no interest.</summary>
    Other,
    Event,
    Answer,
    Refusal,
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

/// <summary>One of SignalR's hub protocols as a client speaks it. Thread-safe.</summary>
internal abstract class HubDialect
{
    public static HubDialect Named(string name) => name switch
    {
        "json" => JsonDialect.Instance,
        "messagepack" => MessagePackDialect.Instance,
        _ => throw new ArgumentException($"There is no hub protocol {name}: json or messagepack.", nameof(name)),
    };

    public abstract bool IsText { get; }

    public abstract ReadOnlySpan<byte> HandshakeRequest { get; }

    public abstract ReadOnlySpan<byte> Ping { get; }

    /// <summary>With one argument, the request.</summary>
    public abstract void WriteCall(ArrayBufferWriter<byte> output, int callId, string method, object request);

    /// <summary>Takes the next message off; false when there is none as a whole.</summary>
    public abstract bool TryTake(ref ReadOnlySpan<byte> bytes, out HubFrame frame);

    /// <summary>An event's first argument, or an answer's result.</summary>
    public abstract T Read<T>(ReadOnlySpan<byte> body);
}
