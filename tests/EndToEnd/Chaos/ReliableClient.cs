using System.Collections.Concurrent;
using System.Net.WebSockets;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>
/// Somebody who keeps at it, as the product's own clients do: comes back after a pause of random length, on the next address, and repeats a
/// call under the same id until it is answered. Thread-safe.
/// </summary>
/// <param name="addresses">Nodes or what stands before them; the first is tried first.</param>
/// <param name="patience">A call without an answer for this long means that the connection only looks alive.</param>
internal abstract class ReliableClient(IReadOnlyList<Uri> addresses, string id, string token, TimeSpan patience, History history) : IAsyncDisposable
{
    /// <summary>SignalR's words to every call that is under way when the server closes the connection: no answer to the call.</summary>
    private const string ConnectionClosed = "The server closed the connection";

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly ChatClientOptions Options = new(KeepEvents: false);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, ReadingCursor> _cursors = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _goodbyes = [];
    private volatile TaskCompletionSource<Link> _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeping = Task.CompletedTask;

    public string Id { get; } = id;

    /// <summary>The longest that a call took until it was answered, repetitions included: how long a fault was felt here.</summary>
    public TimeSpan LongestWait { get; private set; }

    protected History History { get; } = history;

    protected CancellationToken Stopped => _stop.Token;

    public void Start() => _keeping = Task.Run(KeepConnectedAsync);

    /// <summary>All epochs that this client saw of a conversation.</summary>
    public IReadOnlyCollection<string> EpochsOf(string conversationId) =>
        _cursors.TryGetValue(conversationId, out var cursor) ? cursor.Epochs : [];

    /// <summary>Sends until it is answered; false when it was refused for good.</summary>
    public async Task<bool> SayAsync(string conversationId, string messageId, string text)
    {
        try
        {
            await CallAsync(client => client.Send(new SendRequest(conversationId, messageId, text)), (started, outcome, answer, code) =>
                History.Add(new SendAttempt(conversationId, Id, messageId, text, started, History.Now(), outcome, answer?.Seq, code)));
            return true;
        }
        catch (HubRefusalException)
        {
            return false;
        }
    }

    /// <summary>The whole log as this person may see it.</summary>
    public Task<IReadOnlyList<LogEntry>> ReadAsync(string conversationId) => CallAsync<IReadOnlyList<LogEntry>>(async client =>
    {
        var entries = new List<LogEntry>();
        JoinResult page;
        string? epoch = null;
        do
        {
            var last = entries.LastOrDefault();
            page = await client.Join(new JoinRequest(conversationId, epoch, last?.Seq ?? 0, last?.MessageId));
            epoch = page.Epoch;
            CursorOf(conversationId).SawEpoch(epoch);
            entries.AddRange(page.Messages);
        }
        while (page.HasMore);
        return entries;
    });

    /// <summary>Calls until there is an answer. A refusal for good is thrown.</summary>
    public async Task<T> CallAsync<T>(Func<ChatClient, Task<T>> call, Action<long, SendOutcome, T?, string?>? tried = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var link = await _current.Task.WaitAsync(Stopped);
            var started = History.Now();
            try
            {
                var answer = await call(link.Client).WaitAsync(patience, Stopped);
                tried?.Invoke(started, SendOutcome.Accepted, answer, null);
                var took = TimeProvider.System.GetElapsedTime(since);
                LongestWait = took > LongestWait ? took : LongestWait;
                return answer;
            }
            catch (HubRefusalException refusal) when (refusal.Code is ErrorCodes.Unavailable or ErrorCodes.RateLimited)
            {
                tried?.Invoke(started, refusal.Code == ErrorCodes.Unavailable ? SendOutcome.Unknown : SendOutcome.Refused, default, refusal.Code);
                await PauseAsync();
            }
            catch (HubRefusalException refusal) when (!refusal.Text.StartsWith(ConnectionClosed, StringComparison.Ordinal))
            {
                tried?.Invoke(started, SendOutcome.Refused, default, refusal.Code);
                throw;
            }
            catch (Exception) when (!Stopped.IsCancellationRequested)
            {
                tried?.Invoke(started, SendOutcome.Unknown, default, null);
                link.Lose();
                await PauseAsync();
            }
        }
    }

    /// <summary>Subscribes and takes what was missed since the last time.</summary>
    protected async Task JoinAsync(ChatClient client, string conversationId)
    {
        var cursor = CursorOf(conversationId);
        JoinResult page;
        do
        {
            page = await client.Join(cursor.Claim(conversationId));
            cursor.Take(page);
        }
        while (page.HasMore);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _stop.CancelAsync();
        await _keeping;
        await Task.WhenAll(_goodbyes);
        _stop.Dispose();
    }

    /// <summary>On every new connection, before anything else is called on it.</summary>
    protected abstract Task ResumeAsync(ChatClient client);

    /// <summary>Before <see cref="ResumeAsync"/>, to listen to what it causes.</summary>
    protected virtual void Listen(ChatClient client)
    {
    }

    private ReadingCursor CursorOf(string conversationId) => _cursors.GetOrAdd(conversationId, _ => new ReadingCursor());

    private async Task KeepConnectedAsync()
    {
        for (var attempt = 0; !Stopped.IsCancellationRequested; attempt++)
        {
            try
            {
                await HoldAsync(addresses[attempt % addresses.Count]);
            }
            catch (Exception lost) when (lost is WebSocketException or HttpRequestException or IOException or TimeoutException or OperationCanceledException
                or HubRefusalException or InvalidOperationException)
            {
                // The next attempt follows.
            }

            if (_current.Task.IsCompleted)
            {
                _current = new TaskCompletionSource<Link>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await PauseAsync();
        }

        _current.TrySetCanceled();
    }

    /// <summary>One connection from its start to its end.</summary>
    private async Task HoldAsync(Uri address)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
        limit.CancelAfter(ConnectLimit);
        var client = await ChatClient.ConnectAsync(address, token, Options, limit.Token).WaitAsync(ConnectLimit + ConnectLimit);
        var link = new Link(client);
        try
        {
            client.Events.Messages.Arrived += message => Pushed(link, message);
            client.Events.Draining.Arrived += draining => _ = LeaveWithinAsync(link, TimeSpan.FromSeconds(draining.ReconnectWithinSeconds));
            Listen(client);
            await ResumeAsync(client).WaitAsync(patience, Stopped);
            _current.TrySetResult(link);
            await Task.WhenAny(client.Closed, link.Lost).WaitAsync(Stopped);
        }
        finally
        {
            _goodbyes.Add(SayGoodbyeAsync(client));
        }
    }

    private void Pushed(Link link, MessageEvent message)
    {
        History.Add(new Push(link.SubscriptionOf(message.ConversationId, History), message.ConversationId, message.Message));
        if (!CursorOf(message.ConversationId).Take(message))
        {
            // A push was lost: as every client must, it joins again.
            _ = CatchUpAsync(link, message.ConversationId);
        }
    }

    private async Task CatchUpAsync(Link link, string conversationId)
    {
        try
        {
            await JoinAsync(link.Client, conversationId).WaitAsync(patience, Stopped);
        }
        catch (HubRefusalException)
        {
            // Somebody else's by now.
        }
        catch (Exception)
        {
            link.Lose();
        }
    }

    private async Task LeaveWithinAsync(Link link, TimeSpan limit)
    {
        await Task.Delay(limit * (0.8 * Random.Shared.NextDouble()), TimeProvider.System);
        link.Lose();
    }

    private async Task PauseAsync() => await Task.Delay(LongestPause * Random.Shared.NextDouble(), TimeProvider.System, Stopped)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task SayGoodbyeAsync(ChatClient client)
    {
        try
        {
            await client.DisposeAsync();
        }
        catch (Exception)
        {
            // To a node that is gone.
        }
    }

    /// <summary>One connection; pushes of a conversation come in order on each.</summary>
    private sealed class Link(ChatClient client)
    {
        private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentDictionary<string, int> _subscriptions = new(StringComparer.Ordinal);

        public ChatClient Client => client;

        public Task Lost => _lost.Task;

        public void Lose() => _lost.TrySetResult();

        public int SubscriptionOf(string conversationId, History history) => _subscriptions.GetOrAdd(conversationId, _ => history.NewSubscription());
    }
}
