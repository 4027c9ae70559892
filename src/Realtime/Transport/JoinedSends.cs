namespace CoPilot.Realtime.Transport;

/// <summary>
/// While a thread goes through what arrived together, what it writes to hubs' WebSockets is held back until it is through: what is for the same client, such as a
/// message and the word that it was accepted, leaves as one. Only what that thread does without waiting is within it.
/// </summary>
internal static class JoinedSends
{
    [ThreadStatic]
    private static List<SocketWriter>? _held;

    [ThreadStatic]
    private static bool _isOpen;

    /// <summary>From now on until it is disposed, by the same thread. One within another ends both.</summary>
    public static Scope Begin()
    {
        _isOpen = true;
        return default;
    }

    /// <summary>False: this thread is outside of any, and the writer sends itself.</summary>
    public static bool TryHold(SocketWriter writer)
    {
        if (_isOpen)
        {
            (_held ??= []).Add(writer);
        }

        return _isOpen;
    }

    private static void End()
    {
        _isOpen = false;
        if (_held is { Count: > 0 } held)
        {
            foreach (var writer in held)
            {
                writer.SendHeld();
            }

            held.Clear();
        }
    }

    public readonly ref struct Scope
    {
        public void Dispose() => End();
    }
}
