using System.Globalization;
using CoPilot.LoadRunner.Systems;
using CoPilot.LoadRunner.Wire;
using CoPilot.LoadRunner.Workers;

namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>
/// People on a peer, who only join and say: side 0 on a connection of its own for each conversation, side 1 on few that are in many. The two sides of a conversation are on different nodes, where there are several.
/// </summary>
internal sealed class PlainTalk(WorkerContext worker, TalkTally tally, PlainWords peer, int conversations, int agents) : ITalkSystem
{
    private const int StartedAtOnce = 16;

    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(60);

    private readonly LoadHub[] _customers = new LoadHub[conversations];
    private readonly LoadHub[] _agents = new LoadHub[Math.Clamp(agents, 1, conversations)];
    private readonly HubPings _pings = HubPings.Begin();

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = StartedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, _agents.Length, bounded, async (agent, stop) => _agents[agent] = await ConnectAsync(agent + 1, new Person(this, 1), stop));
        await Parallel.ForAsync(0, conversations, bounded, async (conversation, stop) =>
        {
            var agent = AgentOf(conversation);
            _customers[conversation] = await ConnectAsync(agent, new Person(this, 0), stop);
            await JoinAsync(_customers[conversation], conversation, stop);
            await JoinAsync(_agents[agent], conversation, stop);
        });
    }

    public bool IsOpen(int conversation) => true;

    public void Say(TalkText text, string words, IAnswerReceiver answer) =>
        (text.Side == 0 ? _customers[text.Conversation] : _agents[AgentOf(text.Conversation)]).Post(
            peer.Send, new TextArguments(NameOf(text.Conversation), words), answer);

    public async ValueTask DisposeAsync()
    {
        await _pings.DisposeAsync();
        foreach (var hub in _customers.Concat(_agents))
        {
            // None where the preparation was broken off.
            hub?.Dispose();
        }
    }

    /// <summary>So that neighbours have different agents, and with them different nodes.</summary>
    private int AgentOf(int conversation) => conversation % _agents.Length;

    /// <summary>Of all workers' none is the same.</summary>
    private string NameOf(int conversation) => string.Create(CultureInfo.InvariantCulture, $"{worker.Index:x4}{conversation:x12}");

    private async Task<LoadHub> ConnectAsync(int node, Person person, CancellationToken cancellationToken)
    {
        var nodes = worker.Target.Nodes;
        var hub = await LoadHub.ConnectAsync(new Uri(nodes[node % nodes.Count], peer.Path), bearer: null, peer.Dialect, person, from: null, cancellationToken);
        _pings.Add(hub);
        return hub;
    }

    private Task JoinAsync(LoadHub hub, int conversation, CancellationToken cancellationToken)
    {
        var joined = new Joining();
        hub.Post(peer.Join, new TextArguments(NameOf(conversation)), joined);
        return joined.Task.WaitAsync(AnsweredWithin, TimeProvider.System, cancellationToken);
    }

    private void Hear(int side, ReadOnlySpan<byte> body) => tally.Hear(side, body);

    /// <summary>Null when it was ended on this side.</summary>
    private void Ended(Exception? error)
    {
        if (error is not null)
        {
            worker.Failures.Add(error);
        }
    }

    /// <summary>Answered with nothing that matters.</summary>
    private sealed class Joining : IAnswerReceiver
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Task => _answer.Task;

        public void Answered(HubDialect dialect, ReadOnlySpan<byte> body) => _answer.TrySetResult();

        public void Failed(Exception error) => _answer.TrySetException(error);
    }

    /// <summary>Hears what is said.</summary>
    private sealed class Person(PlainTalk talk, int side) : IHubReceiver
    {
        public void Heard(LoadHub hub, ReadOnlySpan<byte> target, ReadOnlySpan<byte> body) => talk.Hear(side, body);

        public void Ended(LoadHub hub, Exception? error) => talk.Ended(error);
    }
}

/// <summary>How a peer is spoken to.</summary>
/// <param name="Path">Below a node's root.</param>
internal sealed record PlainWords(HubDialect Dialect, string Path, string Join, string Send)
{
    public static readonly PlainWords SignalR = new(JsonDialect.Instance, SignalRSystem.HubPath, "Join", "Send");

    public static readonly PlainWords SocketIo = new(SocketIoDialect.Instance, SocketIoDialect.Path, "join", "send");
}
