using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.Http;
using CoPilot.HubClient;

namespace CoPilot.WaitingLine;

/// <summary>Takes what is offered, says two things, hears one, and ends the chat.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(30);

    private readonly ChatClient _client;
    private readonly Ledger _ledger;
    private readonly TimeSpan _talk;
    private readonly Channel<OfferedEvent> _offers = Channel.CreateUnbounded<OfferedEvent>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _answers = new(StringComparer.Ordinal);
    private long _freeSince;

    private Agent(ChatClient client, Ledger ledger, TimeSpan talk)
    {
        (_client, _ledger, _talk) = (client, ledger, talk);
        client.Events.Offers.Arrived += Hear;
        client.Events.Messages.Arrived += Hear;
    }

    public static async Task<Agent> ConnectAsync(ServerApi api, Uri node, SignInRequest who, Ledger ledger, TimeSpan talk)
    {
        var signedIn = await api.SignInAsync(who);
        var agent = new Agent(await ChatClient.ConnectAsync(node, signedIn.Token, Customer.Connection), ledger, talk);
        await agent._client.SetStatus(new SetStatusRequest(AgentStatuses.Away));
        return agent;
    }

    /// <summary>Serves until then, and the one whom they serve at that moment to the end.</summary>
    public async Task ServeAsync(CancellationToken until)
    {
        Volatile.Write(ref _freeSince, Stopwatch.GetTimestamp());
        await _client.SetStatus(new SetStatusRequest(AgentStatuses.Available));
        while (await NextAsync(until) is { } offer)
        {
            await TakeAsync(offer);
        }

        await _client.SetStatus(new SetStatusRequest(AgentStatuses.Away));
        Volatile.Write(ref _freeSince, 0);
        while (_offers.Reader.TryRead(out _))
        {
            // It was withdrawn.
        }
    }

    public async Task<int> CountLineAsync() =>
        (await _client.GetQueues(new GetQueuesRequest())).Queues.Single(queue => queue.Name == Servers.Queue).Waiting;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<OfferedEvent?> NextAsync(CancellationToken until)
    {
        try
        {
            return await _offers.Reader.ReadAsync(until);
        }
        catch (OperationCanceledException) when (until.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task TakeAsync(OfferedEvent offer)
    {
        var start = Stopwatch.GetTimestamp();
        AcceptOfferResult accepted;
        try
        {
            accepted = await _client.AcceptOffer(new AcceptOfferRequest(offer.OfferId));
        }
        catch (HubRefusalException refusal) when (refusal.Code == ErrorCodes.Stale)
        {
            _ledger.CountStale();
            return;
        }

        _ledger.Stage.Accept.AddSince(start);
        _ledger.Take(accepted.ContactId);
        await TalkAsync(accepted.ConversationId!);
    }

    private async Task TalkAsync(string conversationId)
    {
        var answer = _answers.GetOrAdd(conversationId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _client.Join(new JoinRequest(conversationId));
        await SendAsync(conversationId, "Good morning, I am looking into it.");
        await answer.Task.WaitAsync(AnsweredWithin, TimeProvider.System);
        await SendAsync(conversationId, "It comes tomorrow.");
        await Task.Delay(_talk, TimeProvider.System);
        await _client.Leave(new LeaveRequest(conversationId));
        _answers.TryRemove(conversationId, out _);

        var start = Stopwatch.GetTimestamp();
        Volatile.Write(ref _freeSince, start);
        await _client.EndChat(new EndChatRequest(conversationId));
        _ledger.Stage.End.AddSince(start);
        _ledger.Stage.CountChat();
    }

    private async Task SendAsync(string conversationId, string text)
    {
        var start = Stopwatch.GetTimestamp();
        await _client.Send(new SendRequest(conversationId, Guid.CreateVersion7().ToString("N"), text));
        _ledger.Stage.Send.AddSince(start);
    }

    private void Hear(OfferedEvent offer)
    {
        var freeSince = Interlocked.Exchange(ref _freeSince, 0);
        if (freeSince != 0)
        {
            _ledger.Stage.Offer.AddSince(freeSince);
        }

        _offers.Writer.TryWrite(offer);
    }

    private void Hear(MessageEvent message)
    {
        if (message.Message.Author.Role == Roles.Customer && message.Message.Text.StartsWith("It has", StringComparison.Ordinal)
            && _answers.TryGetValue(message.ConversationId, out var answer))
        {
            answer.TrySetResult();
        }
    }
}
