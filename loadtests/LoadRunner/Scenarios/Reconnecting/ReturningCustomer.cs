using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
using CoPilot.LoadRunner.Load;
using CoPilot.LoadRunner.Results;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Reconnecting;

/// <summary>Waits in line and writes, one message after the other, as the product's own page: each with an id, again with the same one until it is acknowledged, over as many connections as that takes.</summary>
internal sealed class ReturningCustomer : IHubReceiver
{
    public const string Back = "back";
    public const string Send = "send";

    private const int Nobody = 0;

    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(20);

    /// <summary>A call fails a moment before its connection is known to be lost.</summary>
    private static readonly TimeSpan KnownWithin = TimeSpan.FromMilliseconds(10);

    private readonly WorkerContext _worker;
    private readonly Places _places;
    private readonly int _number;
    private readonly StepMetrics _back;
    private readonly StepMetrics _send;
    private readonly BackOff _backOff = new();
    private readonly Channel<long> _toWrite = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<string> _acknowledged = [];
    private string _token = "";
    private string _conversationId = "";
    private LoadHub? _hub;
    private TaskCompletionSource _here = new();
    private long _lostAt;
    private int _unsettled;
    private int _written;

    public ReturningCustomer(WorkerContext worker, Places places, int number)
    {
        (_worker, _places, _number) = (worker, places, number);
        (_back, _send) = (worker.Step(Back), worker.Step(Send));
    }

    /// <summary>Connects, starts a chat, and begins to write what there will be to write.</summary>
    public async Task ComeAsync()
    {
        _token = await _places.InviteAsync(_number);
        _hub = await _places.ConnectAsync(_number, _token, this, _worker.Stop);
        var started = await Ask<StartChatResult>(nameof(IChatHub.StartChat), new StartChatRequest(Guid.CreateVersion7().ToString("N"), _places.Topic, "Good morning."));
        _conversationId = started.ConversationId;
        await Ask<JoinResult>(nameof(IChatHub.Join), new JoinRequest(_conversationId));
        _here.SetResult();
        _ = WriteAllAsync();
    }

    /// <summary>One more message.</summary>
    public void Write(long intended)
    {
        Interlocked.Increment(ref _unsettled);
        _toWrite.Writer.TryWrite(intended);
    }

    /// <summary>Until all is acknowledged and the conversation joined on a living connection.</summary>
    public async Task SettleAsync(TimeSpan within)
    {
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (Volatile.Read(ref _unsettled) > 0 || Volatile.Read(ref _lostAt) != Nobody)
        {
            if (Stopwatch.GetElapsedTime(since) > within)
            {
                _worker.Failures.Add($"A customer was not back, or had {Volatile.Read(ref _unsettled)} messages that were not acknowledged, {within.TotalSeconds:N0} s after the phase.");
                return;
            }

            await timer.WaitForNextTickAsync(_worker.Stop);
        }
    }

    /// <summary>All that was acknowledged must stand in the log, once, in the order in which it was sent. Then leaves.</summary>
    public async Task<Correctness> CheckAsync()
    {
        _toWrite.Writer.TryComplete();
        var sent = _acknowledged.ToHashSet(StringComparer.Ordinal);
        var log = await ConversationLog.ReadAsync(_conversationId, request => Ask<JoinResult>(nameof(IChatHub.Join), request));
        var found = log.Select(entry => entry.MessageId).Where(sent.Contains).ToList();
        var distinct = found.Distinct().ToList();
        var inOrder = _acknowledged.Intersect(found, StringComparer.Ordinal);
        var reordered = distinct.Zip(inOrder).Count(pair => pair.First != pair.Second);
        _hub!.Dispose();
        return new Correctness(_acknowledged.Count, distinct.Count, _acknowledged.Count - distinct.Count, found.Count - distinct.Count, reordered, [], 0);
    }

    public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body)
    {
        // What counts is what stands in the log.
    }

    public void Ended(LoadHub hub, Exception? error)
    {
        if (error is not null && Interlocked.CompareExchange(ref _lostAt, Stopwatch.GetTimestamp(), Nobody) == Nobody)
        {
            Volatile.Write(ref _here, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _ = WatchAsync(ComeBackAsync);
        }
    }

    private async Task ComeBackAsync()
    {
        var lostAt = Volatile.Read(ref _lostAt);
        for (var failures = 0; ; failures++)
        {
            await Task.Delay(_backOff.After(failures), TimeProvider.System, _worker.Stop);
            try
            {
                _hub = await _places.ConnectAsync(Random.Shared.Next(_places.Count), _token, this, _worker.Stop);
                await Ask<JoinResult>(nameof(IChatHub.Join), new JoinRequest(_conversationId));
                break;
            }
            catch (Exception error) when (Repeatable.IsOfConnection(error) || Repeatable.IsOfServer(error))
            {
                _worker.Counter("attempts in vain").Add();
                _hub?.Dispose();
            }
        }

        _back.Ok(lostAt);
        Volatile.Read(ref _here).SetResult();
        Volatile.Write(ref _lostAt, Nobody);
        if (_hub.HasEnded)
        {
            Ended(_hub, new IOException("It was lost again meanwhile."));
        }
    }

    private Task WriteAllAsync() => WatchAsync(async () =>
    {
        await foreach (var intended in _toWrite.Reader.ReadAllAsync(_worker.Stop))
        {
            await WriteAsync(intended, string.Create(CultureInfo.InvariantCulture, $"load-{_written++:D8}"));
            Interlocked.Decrement(ref _unsettled);
        }
    });

    private async Task WriteAsync(long intended, string id)
    {
        var failures = 0;
        while (true)
        {
            await Volatile.Read(ref _here).Task.WaitAsync(_worker.Stop);
            try
            {
                await Ask<SendResult>(nameof(IChatHub.Send), new SendRequest(_conversationId, id, $"My parcel has not come: {id}."));
                _send.Ok(intended);
                _acknowledged.Add(id);
                return;
            }
            catch (Exception error) when (Repeatable.IsOfConnection(error))
            {
                _worker.Counter("sent again").Add();
                await Task.Delay(KnownWithin, TimeProvider.System, _worker.Stop);
            }
            catch (HubRefusalException refusal) when (Repeatable.IsOfServer(refusal))
            {
                _worker.Counter("sent again").Add();
                await Task.Delay(_backOff.After(failures++), TimeProvider.System, _worker.Stop);
            }
            catch (HubRefusalException refusal)
            {
                _send.Fail(intended, refusal.Code);
                return;
            }
        }
    }

    private Task<T> Ask<T>(string method, object request) => _hub!.CallAsync<T>(method, request).WaitAsync(AnsweredWithin, TimeProvider.System, _worker.Stop);

    private async Task WatchAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
#pragma warning disable CA1031 // Nobody awaits this; it fails the run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_worker.Stop.IsCancellationRequested)
            {
                _worker.Failures.Add(error);
            }
        }
    }
}
