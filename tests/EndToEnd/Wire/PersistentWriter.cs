using System.Net.WebSockets;
using CoPilot.Contracts.Chat;
using CoPilot.HubClient;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>Writes one message after the other, and as every client must, repeats each with its id until the server has taken it.</summary>
internal sealed class PersistentWriter(WireWorld world, WirePerson person, string conversation, string name)
{
    private readonly List<(long Seq, string Text)> _accepted = [];
    private readonly Dictionary<int, TaskCompletionSource> _moments = [];
    private readonly Lock _gate = new();

    /// <summary>With the connection that is used now.</summary>
    public WirePerson Person { get; private set; } = person;

    public IReadOnlyList<(long Seq, string Text)> Accepted
    {
        get
        {
            lock (_gate)
            {
                return [.. _accepted];
            }
        }
    }

    public bool Wrote(string text) => text.StartsWith(name + " ", StringComparison.Ordinal);

    public Task ReachedAsync(int count)
    {
        lock (_gate)
        {
            if (_accepted.Count >= count)
            {
                return Task.CompletedTask;
            }

            return (_moments[count] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public async Task WriteAsync(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            await WriteOneAsync(number);
        }
    }

    /// <summary>Writes until <paramref name="last"/> has ended, and one message more.</summary>
    public async Task WriteUntilAsync(Task last)
    {
        var number = 0;
        while (!last.IsCompleted)
        {
            await WriteOneAsync(++number);
        }

        await WriteOneAsync(++number);
    }

    public Task<IReadOnlyList<LogEntry>> ReadAllAsync() => UntilAnsweredAsync(() => Person.ReadAsync(conversation));

    private async Task WriteOneAsync(int number)
    {
        var text = $"{name} {number}";
        var sent = await UntilAnsweredAsync(() => Person.SayAsync(conversation, text, $"{name}-{number}"));
        lock (_gate)
        {
            _accepted.Add((sent.Seq, text));
            _moments.GetValueOrDefault(_accepted.Count)?.TrySetResult();
        }
    }

    private async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await WireWorld.UntilAnsweredAsync(call);
            }
            catch (Exception lost) when (lost is not (HubRefusalException or Xunit.Sdk.IAssertionException))
            {
                await ConnectAgainAsync();
            }
        }
    }

    private Task ConnectAgainAsync() => Eventually.TrueAsync(async () =>
    {
        try
        {
            Person = Person with { Client = await world.ConnectAsync(Person.Token) };
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    });
}
