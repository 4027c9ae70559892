using System.Diagnostics;
using CoPilot.Measuring;

namespace CoPilot.RoutingCost;

/// <summary>
/// What steps cost, by their name and the length of the line. A round measures either time, with nothing in between, or what Redis did, by asking it before and after: that takes time of
/// its own. Not thread-safe.
/// </summary>
internal sealed class StepCosts(MeasuredEngine engine)
{
    private readonly Dictionary<(string Step, int Length), Cost> _costs = [];
    private readonly List<string> _steps = [];
    private double _asking;

    /// <summary>In the order in which they were measured first.</summary>
    public IReadOnlyList<string> Steps => _steps;

    public bool IsWarmingUp { get; set; }

    private bool AsksRedis { get; set; }

    public Cost Of(string step, int length) => _costs.GetValueOrDefault((step, length)) ?? new Cost();

    /// <summary>The next round measures what Redis does; first what asking costs, which is taken off.</summary>
    public async Task AskRedisAsync()
    {
        if (engine.HasRedis)
        {
            var before = await engine.ReadRedisAsync();
            _asking = (await engine.ReadRedisAsync() - before).CpuMicroseconds;
            AsksRedis = true;
        }
    }

    public void MeasureTime() => AsksRedis = false;

    public async Task<T> MeasureAsync<T>(string step, int length, Func<Task<T>> act)
    {
        if (IsWarmingUp)
        {
            return await act();
        }

        var cost = Find(step, length);
        if (AsksRedis)
        {
            var use = await engine.ReadRedisAsync();
            var answer = await act();
            use = await engine.ReadRedisAsync() - use;
            cost.RedisCpu.Add(Math.Max(0, use.CpuMicroseconds - _asking));
            cost.RoundTrips.Add(use.RoundTrips);
            return answer;
        }

        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var result = await act();
        cost.Time.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        cost.Cpu.Add((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds);
        return result;
    }

    private Cost Find(string step, int length)
    {
        if (!_costs.TryGetValue((step, length), out var cost))
        {
            _costs.Add((step, length), cost = new Cost());
            if (!_steps.Contains(step))
            {
                _steps.Add(step);
            }
        }

        return cost;
    }
}

/// <summary>Times in microseconds.</summary>
internal sealed class Cost
{
    public Samples Time { get; } = new();

    /// <summary>Of this process, all of its threads.</summary>
    public Samples Cpu { get; } = new();

    public Samples RedisCpu { get; } = new();

    public Samples RoundTrips { get; } = new();
}
