using System.Globalization;
using CoPilot.LoadRunner.Systems;

namespace CoPilot.LoadRunner.Comparing;

/// <summary>One run of a comparison.</summary>
/// <param name="Repeat">From 1.</param>
internal abstract record CompareStep(string System, int Repeat)
{
    public abstract string Scenario { get; }

    /// <summary>For whoever waits for it.</summary>
    public abstract string What { get; }

    /// <summary>No other step of the comparison has it.</summary>
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{System}-{Kind}-{Repeat}.json");

    protected abstract string Kind { get; }

    /// <param name="chat">Those that all chats of the comparison have.</param>
    public abstract Dictionary<string, string> OptionsWith(IReadOnlyDictionary<string, string> chat);

    /// <param name="asked">For the whole comparison.</param>
    public virtual RedisDurability RedisOf(RedisDurability asked) => asked;

    protected static string Written(double number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Rate">Messages a second.</param>
internal sealed record ChatStep(string System, double Rate, int Repeat) : CompareStep(System, Repeat)
{
    public override string Scenario => "chat";

    public override string What => string.Create(CultureInfo.InvariantCulture, $"{Rate:N0} messages a second");

    protected override string Kind => Written(Rate);

    public override Dictionary<string, string> OptionsWith(IReadOnlyDictionary<string, string> chat) => new(chat, StringComparer.Ordinal) { ["rate"] = Written(Rate) };
}

/// <param name="Connections">On which nothing is said.</param>
internal sealed record IdleStep(string System, int Connections, int Repeat) : CompareStep(System, Repeat)
{
    public override string Scenario => "idle";

    public override string What => string.Create(CultureInfo.InvariantCulture, $"{Connections:N0} idle connections");

    protected override string Kind => $"idle-{Written(Connections)}";

    public override Dictionary<string, string> OptionsWith(IReadOnlyDictionary<string, string> chat) => new(StringComparer.Ordinal) { ["connections"] = Written(Connections) };
}

/// <summary>Redis is killed in the middle of the talk and comes back.</summary>
/// <param name="Rate">Messages a second.</param>
internal sealed record RedisKilledStep(string System, double Rate, int Repeat) : CompareStep(System, Repeat)
{
    public override string Scenario => "chat";

    public override string What => string.Create(CultureInfo.InvariantCulture, $"{Rate:N0} messages a second while Redis is killed");

    protected override string Kind => $"redis-killed-{Written(Rate)}";

    public override Dictionary<string, string> OptionsWith(IReadOnlyDictionary<string, string> chat) =>
        new(chat, StringComparer.Ordinal) { ["rate"] = Written(Rate), ["kill"] = "redis", ["renewals"] = "0" };

    /// <summary>One that keeps nothing would have nothing to come back to.</summary>
    public override RedisDurability RedisOf(RedisDurability asked) => asked == RedisDurability.None ? RedisDurability.Always : asked;
}
