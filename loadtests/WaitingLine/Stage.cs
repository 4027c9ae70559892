using System.Diagnostics;
using CoPilot.Measuring;

namespace CoPilot.WaitingLine;

/// <summary>A part of the run, and what people saw of the servers in it. Times in milliseconds. Thread-safe.</summary>
internal sealed class Stage(string name)
{
    private long _begunAt = Stopwatch.GetTimestamp();
    private int _arrivals;
    private int _chats;
    private int _positions;

    public string Name => name;

    public Samples StartChat { get; } = new();

    /// <summary>From StartChat until the customer hears who serves them.</summary>
    public Samples Answer { get; } = new();

    /// <summary>From the moment that an agent asks to end a chat, or to be available, until they hear of the next one.</summary>
    public Samples Offer { get; } = new();

    public Samples Accept { get; } = new();

    public Samples Send { get; } = new();

    public Samples End { get; } = new();

    public int Arrivals => Volatile.Read(ref _arrivals);

    public int Chats => Volatile.Read(ref _chats);

    /// <summary>How often somebody was told their place besides in StartChat's answer.</summary>
    public int Positions => Volatile.Read(ref _positions);

    public TimeSpan Time { get; private set; }

    public ServerUse Use { get; private set; }

    /// <summary>Of the servers at the end.</summary>
    public ServerUse UseAfter { get; private set; }

    public void CountArrival() => Interlocked.Increment(ref _arrivals);

    public void CountChat() => Interlocked.Increment(ref _chats);

    public void CountPosition() => Interlocked.Increment(ref _positions);

    public async Task MeasureAsync(Servers servers, Func<Task> act)
    {
        var before = await servers.ReadUseAsync();
        _begunAt = Stopwatch.GetTimestamp();
        await act();
        Time = Stopwatch.GetElapsedTime(_begunAt);
        UseAfter = await servers.ReadUseAsync();
        Use = UseAfter - before;
    }
}
