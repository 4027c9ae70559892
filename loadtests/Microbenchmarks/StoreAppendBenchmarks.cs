using System.Globalization;
using BenchmarkDotNet.Attributes;
using CoPilot.ChatServer.Conversations;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.RoutingCost;
using CoPilot.TestKit;

namespace CoPilot.Microbenchmarks;

/// <summary>
/// A message accepted: deduplicated, numbered, kept and announced in one step; nobody listens. SQLite's file is in memory, as a disk's own time would hide everything else; Redis is a process of its own, which keeps nothing on disk.
/// </summary>
[MemoryDiagnoser]
public class StoreAppendBenchmarks
{
    private const int Conversations = 500;
    private const int Together = 64;

    private static readonly Participant Customer = new("c-1", Roles.Customer, "Ada");

    private MeasuredEngine? _engine;
    private IConversationStore _store = null!;
    private long _sent;

    [Params(SqliteEngine.Word, RedisEngine.Word)]
    public string Engine { get; set; } = "";

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _engine = await MeasuredEngine.OpenAsync(Engine, new LineSites([]), new ManualTimeProvider());
        _store = _engine.Conversations;
        for (var i = 0; i < Conversations; i++)
        {
            await _store.CreateAsync(new NewConversation(IdOf(i), "demo", "k" + IdOf(i), new CustomerInfo(Customer.ParticipantId, Verified: false, Customer.Name)));
        }
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _engine!.DisposeAsync();

    [Benchmark(Description = "append, one after the other")]
    public Task AppendAsync() => AppendNextAsync();

    [Benchmark(Description = "append, 64 at once", OperationsPerInvoke = Together)]
    public Task AppendTogetherAsync()
    {
        var appends = new Task[Together];
        for (var i = 0; i < Together; i++)
        {
            appends[i] = AppendNextAsync();
        }

        return Task.WhenAll(appends);
    }

    private async Task AppendNextAsync()
    {
        var number = _sent++;
        var messageId = string.Create(CultureInfo.InvariantCulture, $"m-{number:D10}");
        var accepted = await _store.AppendAsync(new AppendCommand(
            IdOf(number % Conversations), Customer, messageId, EntryKinds.Text, Audiences.All, "Where is my parcel? It should have been here on Tuesday."));
        if (!accepted.IsAccepted || accepted.Value.Duplicate)
        {
            throw new InvalidOperationException($"{messageId} was not accepted.");
        }
    }

    private static string IdOf(long conversation) => string.Create(CultureInfo.InvariantCulture, $"v-{conversation:D8}");
}
