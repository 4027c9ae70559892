using System.Globalization;
using CoPilot.Measuring;
using CoPilot.RoutingCost;
using CoPilot.TestKit;

// dotnet run -c Release --project loadtests/RoutingCost [-- ROUNDS [ENGINE...]]
int[] lengths = [0, 100, 1_000, 10_000];
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
string[] engines = args.Length > 1 ? args[1..] : [SqliteEngine.Word, RedisEngine.Word];

Console.WriteLine($"{Machine.Describe()} {rounds} rounds.\n");
foreach (var name in engines)
{
    var clock = new ManualTimeProvider();
    await using var engine = await MeasuredEngine.OpenAsync(name, new LineSites(lengths), clock);
    var machine = new Machine();
    var own = ProcessUse.Of(Environment.ProcessId);
    var redis = await engine.ReadRedisAsync();
    var measurement = new Measurement(engine, clock, lengths);
    await measurement.RunAsync(rounds);
    redis = await engine.ReadRedisAsync() - redis;
    own = ProcessUse.Of(Environment.ProcessId) - own;
    Console.WriteLine(Report.Write(engine, measurement.Costs, lengths));
    Console.WriteLine(machine.Tell(own.Cpu + TimeSpan.FromMicroseconds(redis.CpuMicroseconds)) + "\n");
}
