namespace CoPilot.TestKit;

/// <summary>How a server process is started.</summary>
/// <param name="Arguments">Configuration, such as <c>--Sites:demo:Queues:orders:AgentGrace=00:00:02</c>.</param>
public sealed record ServerSetup(IReadOnlyList<string> Arguments)
{
    private const string RedisArgument = "--ConnectionStrings:Redis=";

    public ServerSetup(params string[] arguments)
        : this((IReadOnlyList<string>)arguments)
    {
    }

    /// <summary>With a piece of network in front that can be cut.</summary>
    public bool BehindNetwork { get; init; }

    /// <summary>Where browsers see it besides, such as behind another node's piece of network that may lead here.</summary>
    public Uri? AlsoAt { get; init; }

    /// <summary>The processor cores that it may use, as <c>taskset -c</c> takes them; null is all.</summary>
    public string? Cores { get; init; }

    /// <summary>Environment variables, as an operator sets <c>ConnectionStrings__Redis</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>It keeps its state in Redis, and must do without a data folder.</summary>
    public bool UsesRedis =>
        Arguments.Any(argument => argument.StartsWith(RedisArgument, StringComparison.Ordinal)) || Environment.ContainsKey("ConnectionStrings__Redis");

    public static string Redis(string connectionString) => RedisArgument + connectionString;
}
