using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Wire;

/// <summary>
/// The nodes that a class of stories is told on, started once for all of them. Each story sends its people home when it is over, so the next one finds empty lines.
/// </summary>
public abstract class WireNodes : IAsyncLifetime
{
    /// <summary>In this queue an offer stands for a second only.</summary>
    public const string HastyQueue = "hasty";

    /// <summary>In this queue an agent who is gone keeps their contacts for a second only.</summary>
    public const string ForgetfulQueue = "forgetful";

    /// <summary>In this queue one contact may wait.</summary>
    public const string SmallQueue = "small";

    /// <summary>This queue opens in three days at nine.</summary>
    public const string LaterQueue = "later";

    /// <summary>These pages are in Co-Pilot's scope whichever node is asked; the demo shop's have another port on each.</summary>
    public const string CoPilotPages = "https://shop.example/";

    /// <summary>Limits far above what these stories do, which are told quickly from one address.</summary>
    private static readonly string[] Settings =
    [
        "--RateLimits:SignInsPerMinute=10000",
        "--HubRates:PersonCallsPerSecond=1000", "--HubRates:ConnectionCallsPerSecond=1000",
        "--CoBrowse:TriesPerAddressAndHour=10000", $"--Sites:demo:CoPilot:Scope:9={CoPilotPages}",
        .. Queue(HastyQueue, "AcceptTimeout=00:00:04"),
        .. Queue(ForgetfulQueue, "AgentGrace=00:00:01"),
        .. Queue(SmallQueue, "MaximumLength=1"),
        .. Queue(LaterQueue, "Hours:Zone=Etc/UTC"),
        $"--Sites:demo:Queues:{LaterQueue}:Hours:Days:{TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek.ToString()[..3]}:0=09:00-17:00",
    ];

    /// <summary>All of them; the first is the customers', the last the agents'.</summary>
    public IReadOnlyList<ServerProcess> All { get; private set; } = [];

    public async ValueTask InitializeAsync() => All = await StartAsync(Settings);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var node in All)
        {
            await node.DisposeAsync();
        }
    }

    /// <summary>Everything that a node may say of an outage of Redis.</summary>
    public void ExpectOutages()
    {
        foreach (var text in RedisOutage.Warnings)
        {
            Expect(text);
        }
    }

    /// <summary>A warning or error of any node that contains this text is no failure.</summary>
    public void Expect(string text)
    {
        foreach (var node in All)
        {
            node.Log.Expect(text);
        }
    }

    protected abstract Task<IReadOnlyList<ServerProcess>> StartAsync(string[] settings);

    private static string[] Queue(string name, string setting) =>
        [$"--Sites:demo:Topics:{name}:Queue={name}", $"--Sites:demo:Queues:{name}:{setting}"];
}

/// <summary>One node whose people may call as often as they may anywhere.</summary>
public sealed class OneNodeAtItsRates : WireNodes
{
    protected override async Task<IReadOnlyList<ServerProcess>> StartAsync(string[] settings) =>
        [await ServerProcess.StartAsync([.. settings.Where(setting => !setting.StartsWith("--HubRates", StringComparison.Ordinal))])];
}

/// <summary>One node on the embedded engine.</summary>
public sealed class OneNode : WireNodes
{
    protected override async Task<IReadOnlyList<ServerProcess>> StartAsync(string[] settings) => [await ServerProcess.StartAsync(settings)];
}
