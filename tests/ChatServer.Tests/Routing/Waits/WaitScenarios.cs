namespace CoPilot.ChatServer.Tests.Routing.Waits;

/// <summary>Shops of several sizes, and what makes waits hard to foresee.</summary>
internal static class WaitScenarios
{
    private static readonly string[] _orders = ["orders"];
    private static readonly string[] _returns = ["returns"];
    private static readonly string[] _both = ["orders", "returns"];

    /// <summary>Eight phones, exponential times: the textbook's M/M/8 queue, 95 % busy.</summary>
    public static WaitScenario Phones => new(1, 10, [Orders(76, new HandlingLaw(6, 0))], [new(8, 1, _orders)]);

    /// <summary>The textbook's M/G/15, as five agents with three seats each, 96 % busy.</summary>
    public static WaitScenario Chats => new(2, 10, [Orders(108, new HandlingLaw(8, 0.8))], [new(5, 3, _orders)]);

    /// <summary>Times vary much: every 25th chat takes longer than four times the mean.</summary>
    public static WaitScenario LongChats => new(3, 10, [Orders(108, new HandlingLaw(8, 1.2))], [new(5, 3, _orders)]);

    /// <summary>A fifth more arrive than can be served; the line grows all day.</summary>
    public static WaitScenario TooMany => new(4, 6, [Orders(135, new HandlingLaw(8, 0.8))], [new(5, 3, _orders)]);

    public static WaitScenario SmallTeam => new(5, 10, [Orders(23, new HandlingLaw(10, 0.8))], [new(2, 2, _orders)]);

    public static WaitScenario OneAgent => new(6, 10, [Orders(17, new HandlingLaw(10, 0.8))], [new(1, 3, _orders)]);

    /// <summary>Every hour and a half four times as many arrive for a quarter of an hour.</summary>
    public static WaitScenario Bursts => new(
        7, 10, [new("orders", Burst(60, 240), new HandlingLaw(10, 0.9))], [new(4, 3, _orders), new(2, 2, _orders), new(1, 5, _orders)]);

    /// <summary>Capacities from 1 to 5, two shifts that overlap, and bursts.</summary>
    public static WaitScenario Shifts => new(
        8,
        10,
        [new("orders", Burst(250, 500), new HandlingLaw(12, 0.8))],
        [new(6, 1, _orders), new(6, 2, _orders), new(6, 5, _orders, 0, 5), new(4, 4, _orders, 4), new(6, 3, _orders, 4.5)]);

    /// <summary>A third of the agents go for an hour, twice a day, all at once.</summary>
    public static WaitScenario Lunch => new(
        9,
        10,
        [Orders(100, new HandlingLaw(8, 0.8))],
        [new(4, 3, _orders), new(2, 3, _orders, 0, 2), new(2, 3, _orders, 3, 5), new(2, 3, _orders, 6, 8)]);

    /// <summary>Half of a small team goes every other hour, at once, and comes back as suddenly: nobody can know that beforehand.</summary>
    public static WaitScenario ComingAndGoing => new(
        10,
        10,
        [Orders(62, new HandlingLaw(8, 0.8))],
        [new(2, 3, _orders), .. Enumerable.Range(0, 5).Select(i => new SimulatedTeam(2, 3, _orders, 2 * i, (2 * i) + 1))]);

    /// <summary>Some agents have both queues, and one of these has bursts.</summary>
    public static WaitScenario TwoQueues => new(
        11,
        10,
        [Orders(60, new HandlingLaw(8, 0.8)), new("returns", Burst(30, 200), new HandlingLaw(6, 0.8))],
        [new(3, 2, _orders), new(2, 2, _returns), new(4, 2, _both)]);

    /// <summary>Three in ten enter with ten minutes of a head start.</summary>
    public static WaitScenario HeadStarts => new(
        12,
        10,
        [new("orders", Burst(80, 200), new HandlingLaw(8, 0.8)) { Favoured = 0.3, HeadStart = TimeSpan.FromMinutes(10) }],
        [new(5, 3, _orders)]);

    /// <summary>People give up after half an hour on average; those behind them are served sooner.</summary>
    public static WaitScenario Impatience => new(13, 10, [Orders(130, new HandlingLaw(8, 0.8)) with { Patience = 30 }], [new(5, 3, _orders)]);

    /// <summary>From one minute to the next everything takes half as long again.</summary>
    public static WaitScenario SlowAfternoon => new(
        14, 10, [Orders(100, new HandlingLaw(hour => hour < 4 ? 8 : 12, 0.8))], [new(5, 3, _orders)]);

    /// <summary>Four in ten are called back, by agents who otherwise have three chats.</summary>
    public static WaitScenario Calls => new(15, 10, [Orders(90, new HandlingLaw(6, 0.8)) with { Calls = 0.4 }], [new(5, 3, _orders)]);

    /// <summary>All are called back: of three seats each agent fills one.</summary>
    public static WaitScenario CallsAlone => new(16, 10, [Orders(76, new HandlingLaw(6, 0.8)) with { Calls = 1 }], [new(8, 3, _orders)]);

    /// <param name="name">Of one of the properties; a test's parameters must be plain values.</param>
    public static WaitScenario Of(string name) => (WaitScenario)typeof(WaitScenarios).GetProperty(name)!.GetValue(null)!;

    private static SimulatedQueue Orders(double perHour, HandlingLaw handling) => new("orders", _ => perHour, handling);

    private static Func<double, double> Burst(double usually, double then) => hour => hour % 1.5 is > 0.75 and < 1 ? then : usually;
}
