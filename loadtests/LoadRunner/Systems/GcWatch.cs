using System.Diagnostics.Tracing;
using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace CoPilot.LoadRunner.Systems;

/// <summary>
/// How long the garbage collector halts other .NET processes, by the events that their runtime sends. It costs them a thread and some events for each
/// collection, so it is on only when asked for. Events come some tenths of a second late: a pause at a phase's end may be counted in the next.
/// </summary>
internal sealed class GcWatch : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, Attended?> _attended = [];

    /// <summary>In milliseconds, all since it was asked for first; null of a process that is not .NET's.</summary>
    public double[]? PausesOf(int processId)
    {
        if (!_attended.TryGetValue(processId, out var attended))
        {
            attended = DiagnosticsClient.GetPublishedProcesses().Contains(processId) ? new Attended(processId) : null;
            _attended.Add(processId, attended);
        }

        return attended?.Pauses;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var attended in _attended.Values.OfType<Attended>())
        {
            await attended.DisposeAsync();
        }
    }

    private sealed class Attended : IAsyncDisposable
    {
        private static readonly EventPipeProvider Collections = new(
            ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)ClrTraceEventParser.Keywords.GC);

        private readonly Lock _gate = new();
        private readonly EventPipeSession _session;
        private readonly Task _hearing;
        private readonly List<double> _pauses = [];
        private double? _haltedAt;

        public Attended(int processId)
        {
            _session = new DiagnosticsClient(processId).StartEventPipeSession([Collections], requestRundown: false);
            _hearing = Task.Factory.StartNew(Hear, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        public double[] Pauses
        {
            get
            {
                lock (_gate)
                {
                    return [.. _pauses];
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            try
            {
                _session.Stop();
            }
            catch (Exception error) when (error is ServerNotAvailableException or IOException or SocketException or TimeoutException)
            {
                // The process has ended, and the stream of its events with it; its socket in the file system may go a moment before.
            }

            await _hearing.WaitAsync(StopLimit, TimeProvider.System);
            _session.Dispose();
        }

        private void Hear()
        {
            using var source = new EventPipeEventSource(_session.EventStream);
            source.Clr.GCSuspendEEStart += halt => _haltedAt =
                halt.Reason is GCSuspendEEReason.SuspendForGC or GCSuspendEEReason.SuspendForGCPrep ? halt.TimeStampRelativeMSec : null;
            source.Clr.GCRestartEEStop += goingOn => Count(goingOn.TimeStampRelativeMSec);
            try
            {
                source.Process();
            }
            catch (Exception error) when (error is FormatException or IOException)
            {
                // The process was killed in the middle of an event.
            }
        }

        private void Count(double goesOnAt)
        {
            if (_haltedAt is not { } haltedAt)
            {
                return;
            }

            _haltedAt = null;
            lock (_gate)
            {
                _pauses.Add(goesOnAt - haltedAt);
            }
        }
    }
}
