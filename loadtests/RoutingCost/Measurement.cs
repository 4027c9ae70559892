using CoPilot.ChatServer.Routing;
using CoPilot.TestKit;

namespace CoPilot.RoutingCost;

/// <summary>Rounds of steps at lines of several lengths in turns, so that whatever else the machine does meets all of them alike.</summary>
internal sealed class Measurement(MeasuredEngine engine, ManualTimeProvider clock, IReadOnlyList<int> lengths)
{
    private const int WarmUps = 20;
    private const int AskRedisEvery = 4;

    /// <summary>Well below a customer's lease, by what a round takes of the measurement's clock.</summary>
    private const int RenewEvery = 20;

    private readonly List<Line> _lines = [.. lengths.Select(length => new Line(engine.Queue, length))];

    public StepCosts Costs { get; } = new(engine);

    public async Task RunAsync(int rounds)
    {
        foreach (var line in _lines)
        {
            await line.FillAsync();
        }

        GC.Collect();
        Costs.IsWarmingUp = true;
        var turns = _lines.ConvertAll(line => new Round(line, clock, Costs));
        for (var i = -WarmUps; i < rounds; i++)
        {
            Costs.IsWarmingUp = i < 0;
            if (i % AskRedisEvery == 0)
            {
                await Costs.AskRedisAsync();
            }
            else
            {
                Costs.MeasureTime();
            }

            foreach (var turn in turns)
            {
                await turn.RunAsync();
            }

            if (i % RenewEvery == 0)
            {
                await RunSeldomAsync(turns);
            }
        }
    }

    /// <summary>What concerns everybody in line at once. It is measured both ways, because there are few of it.</summary>
    private async Task RunSeldomAsync(IReadOnlyList<Round> turns)
    {
        Costs.MeasureTime();
        await RunSeldomOnceAsync(turns);
        await Costs.AskRedisAsync();
        await RunSeldomOnceAsync(turns);
    }

    private async Task RunSeldomOnceAsync(IReadOnlyList<Round> turns)
    {
        foreach (var line in _lines)
        {
            await line.ReleaseCustomersAsync();
        }

        await PassAsync(RoutingRules.CustomerGrace);
        foreach (var turn in turns)
        {
            await turn.FireTogetherAsync();
            await turn.RenewAllCustomersAsync();
        }

        foreach (var line in _lines)
        {
            await line.ForgetEffectsAsync();
        }
    }

    /// <summary>Time goes by, while agents stay connected.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var most = RoutingRules.PresenceRenewal;
        for (var left = time; left > TimeSpan.Zero; left -= most)
        {
            clock.Advance(left < most ? left : most);
            foreach (var line in _lines)
            {
                await line.RenewAsync();
            }
        }
    }
}
