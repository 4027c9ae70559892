using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CoPilot.LoadRunner.Load;

/// <summary>
/// A thread of its own that starts what is due. Timers of the thread pool come late by milliseconds just when the generator is busy; this one sleeps in the kernel and is late only when it gets no core.
/// How late it was is measured, because a report must be able to say that the generator was the bottleneck.
/// </summary>
/// <param name="beginAt">The schedule's start, as <see cref="Stopwatch.GetTimestamp"/> tells time.</param>
/// <param name="start">Called on this thread with the intended moment.</param>
internal sealed partial class Pacer(Schedule schedule, long beginAt, Action<long> start, StepMetrics lateness, CancellationToken stop)
{
    private const int Monotonic = 1;
    private const int Absolute = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>It wakes no more often, so that high rates cost one wake-up for several starts.</summary>
    private static readonly long ShortestSleep = Stopwatch.Frequency / 2_000;

    /// <summary>So long it may take until it notices that it is to stop.</summary>
    private static readonly long LongestSleep = Stopwatch.Frequency / 20;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the last one was started, or was to stop.</summary>
    public Task RunAsync()
    {
        new Thread(Run) { IsBackground = true, Name = "pacer" }.Start();
        return _ended.Task;
    }

    /// <summary>By the clock that <see cref="Stopwatch.GetTimestamp"/> reads.</summary>
    internal static void SleepUntil(long moment)
    {
        var nanoseconds = (long)(moment * (NanosecondsPerSecond / (double)Stopwatch.Frequency));
        var until = new Moment((nint)(nanoseconds / NanosecondsPerSecond), (nint)(nanoseconds % NanosecondsPerSecond));
        while (ClockNanosleep(Monotonic, Absolute, in until, 0) != 0)
        {
            // A signal of the runtime's woke it.
        }
    }

    private void Run()
    {
        try
        {
            for (var number = 0L; number < schedule.Count && !stop.IsCancellationRequested; number++)
            {
                var due = beginAt + (long)(schedule.At(number).TotalSeconds * Stopwatch.Frequency);
                WaitFor(due);
                lateness.Ok(due);
                start(due);
            }

            _ended.SetResult();
        }
#pragma warning disable CA1031 // Whoever awaits it gets it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _ended.SetException(error);
        }
    }

    private void WaitFor(long due)
    {
        for (var now = Stopwatch.GetTimestamp(); now < due && !stop.IsCancellationRequested; now = Stopwatch.GetTimestamp())
        {
            SleepUntil(Math.Min(Math.Max(due, now + ShortestSleep), now + LongestSleep));
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in Moment until, nint remaining);

    private readonly record struct Moment(nint Seconds, nint Nanoseconds);
}
