using System.Collections.Concurrent;

namespace CoPilot.EndToEnd.Chaos;

/// <param name="Conversations">Each a customer of its own.</param>
/// <param name="MessagesEach">What the customer says in each, and the agents together.</param>
/// <param name="Pause">Between two messages of one side, on average.</param>
internal sealed record TalkPlan(int Conversations, int MessagesEach, TimeSpan Pause)
{
    /// <summary>Texts contain it, so that the servers can be held to keeping it out of their logs.</summary>
    public const string Secret = "wine-red-umbrella";

    public int Messages => 2 * Conversations * MessagesEach;

    public static string Text(int number) => $"{Secret} {number}";

    public Task PauseAsync(CancellationToken stopped) => Task.Delay(2 * Pause * Random.Shared.NextDouble(), TimeProvider.System, stopped);
}

/// <summary>What has been said in one conversation, as those who say it know. Thread-safe.</summary>
internal sealed class Talk
{
    private int _byCustomer;
    private int _byAgents;

    public int ByCustomer => Volatile.Read(ref _byCustomer);

    public int ByAgents => Volatile.Read(ref _byAgents);

    public void CustomerSpoke() => Interlocked.Increment(ref _byCustomer);

    public void AgentSpoke() => Interlocked.Increment(ref _byAgents);
}

/// <summary>All conversations of a story. Thread-safe.</summary>
internal sealed class Talks(TalkPlan plan)
{
    private readonly ConcurrentDictionary<string, Talk> _talks = new(StringComparer.Ordinal);

    public TalkPlan Plan => plan;

    public int Spoken => _talks.Values.Sum(talk => talk.ByCustomer + talk.ByAgents);

    public int Served => _talks.Values.Count(talk => talk.ByAgents > 0);

    public bool AreDone => _talks.Values.Count(IsDone) == plan.Conversations;

    public IEnumerable<string> Unfinished => _talks.Where(talk => !IsDone(talk.Value))
        .Select(talk => $"{talk.Key}: {talk.Value.ByCustomer} by the customer, {talk.Value.ByAgents} by agents");

    public Talk this[string conversationId] => _talks.GetOrAdd(conversationId, _ => new Talk());

    private bool IsDone(Talk talk) => talk.ByCustomer >= plan.MessagesEach && talk.ByAgents >= plan.MessagesEach;
}
