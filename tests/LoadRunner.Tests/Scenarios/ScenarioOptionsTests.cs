using CoPilot.LoadRunner.CommandLine;
using CoPilot.LoadRunner.Runs;
using CoPilot.LoadRunner.Scenarios;
using CoPilot.LoadRunner.Systems;

namespace CoPilot.LoadRunner.Tests.Scenarios;

public sealed class ScenarioOptionsTests
{
    [Fact]
    public void InForce_AfterReading_HasWhatWasGivenAndWhatWasNot()
    {
        var options = new ScenarioOptions(new Dictionary<string, string> { ["rate"] = "2.5", ["during"] = "5m", ["typing"] = "" });

        Assert.Equal(2.5, options.Number("rate", 1));
        Assert.Equal(TimeSpan.FromMinutes(5), options.Time("during", TimeSpan.Zero));
        Assert.True(options.Flag("typing"));
        Assert.Equal(120, options.Count("bytes", 120));
        Assert.Equal(["bytes=120", "during=5m", "rate=2.5", "typing=yes"], options.InForce.Select(option => $"{option.Key}={option.Value}"));
        Assert.Empty(options.Unknown);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("NaN")]
    [InlineData("")]
    public void Number_OfSomethingElse_IsAMisuse(string text) =>
        Assert.Throws<UsageException>(() => new ScenarioOptions(new Dictionary<string, string> { ["rate"] = text }).Number("rate", 1));

    [Fact]
    public void Create_WithAnUnknownOption_SaysWhichThereAre()
    {
        var options = new ScenarioOptions(new Dictionary<string, string> { ["rat"] = "1" });

        var misuse = Assert.Throws<UsageException>(() => ScenarioCatalog.Create("generator", options));

        Assert.Contains("--rat;", misuse.Message, StringComparison.Ordinal);
        Assert.Contains("--per-second", misuse.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", "kill", "node")]
    [InlineData("chat", "kill", "redis", "renewals", "5")]
    [InlineData("soak", "kill", "redis")]
    public void Create_WithAKillThatThereIsNot_IsAMisuse(string scenario, params string[] words) => Assert.Throws<UsageException>(
        () => ScenarioCatalog.Create(scenario, new ScenarioOptions(words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]))));

    [Theory]
    [InlineData("signalr", 2)]
    [InlineData("copilot", 1)]
    public void Coordinator_ThatKillsARedisWhereThereIsNone_IsAMisuse(string system, int nodes) => Assert.Throws<UsageException>(() => new Coordinator(
        new RunPlan("chat", new Dictionary<string, string> { ["kill"] = "redis" }) { System = system, SystemOptions = new SystemOptions { Nodes = nodes } }, new NoProgress()));

    [Fact]
    public void Create_OfAChatWithRedisKilled_KillsItInTheMiddle()
    {
        var chat = ScenarioCatalog.Create("chat", new ScenarioOptions(new Dictionary<string, string> { ["kill"] = "redis", ["duration"] = "40s", ["away"] = "5s" }));

        Assert.Equal([null, null, new RedisKilled(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5))], chat.Phases.Select(phase => phase.Disturbance));
    }

    [Fact]
    public void Create_OfEachInTheCatalog_HasPhasesThatEnd()
    {
        foreach (var name in ScenarioCatalog.Names)
        {
            var scenario = ScenarioCatalog.Create(name, ScenarioOptions.None);

            Assert.Equal(name, scenario.Name);
            Assert.NotEmpty(scenario.Phases);
            Assert.All(scenario.Phases, phase => Assert.InRange(phase.Simulation.During, TimeSpan.FromTicks(1), TimeSpan.FromDays(1)));
        }
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("30s", 30)]
    [InlineData("30", 30)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7_200)]
    public void TryRead_OfATime_ReadsIt(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), TimeText.TryRead(text));

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("5days")]
    [InlineData("5mm")]
    [InlineData("9999999h")]
    public void TryRead_OfSomethingElse_IsNothing(string text) => Assert.Null(TimeText.TryRead(text));

    [Theory]
    [InlineData("500ms")]
    [InlineData("90s")]
    [InlineData("5m")]
    [InlineData("2h")]
    [InlineData("0s")]
    public void Write_OfATime_IsWhatIsRead(string text) => Assert.Equal(text, TimeText.Write(TimeText.TryRead(text)!.Value));

    [Fact]
    public void Read_OfWords_TakesBothWaysOfWriting()
    {
        var options = OptionWords.Read(["--nodes", "2", "--out=a b", "--gc", "--workers", "3"]);

        Assert.Equal(["gc=", "nodes=2", "out=a b", "workers=3"], options.Select(option => $"{option.Key}={option.Value}").Order());
    }

    [Theory]
    [InlineData("nodes", "2")]
    [InlineData("--nodes", "2", "3")]
    [InlineData("--nodes", "2", "--nodes", "3")]
    [InlineData("--")]
    public void Read_OfOtherWords_IsAMisuse(params string[] words) => Assert.Throws<UsageException>(() => OptionWords.Read(words));
}
