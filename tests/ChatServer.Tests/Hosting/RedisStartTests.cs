using System.Net;
using CoPilot.ChatServer.Hosting;
using CoPilot.TestKit;

namespace CoPilot.ChatServer.Tests.Hosting;

/// <summary>A node on Redis, inside the test's process.</summary>
public sealed class RedisStartTests : IAsyncLifetime
{
    private const string Key = "--Auth:SigningKey=c2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXk=";

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(20);

    private RedisServer _redis = null!;

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartDurableAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task Start_WithRedis_MakesNoDataFolder()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(Key, $"--DataFolder={folder.File("data")}");

        await AnswersAsync(server, HttpStatusCode.OK, "ready");

        Assert.False(Directory.Exists(folder.File("data")));
    }

    [Fact]
    public async Task Start_BeforeRedis_IsNotReadyAndBecomesReadyByItself()
    {
        await _redis.KillHardAsync();
        await using var server = await StartAsync(Key);
        foreach (var expected in (string[])["cannot reach Redis", "is out of reach", "does not get on", "were not read", "Redis did not take"])
        {
            server.Log.Expect(expected);
        }

        await AnswersAsync(server, HttpStatusCode.ServiceUnavailable, "Redis does not answer");
        await _redis.StartAgainAsync();

        await AnswersAsync(server, HttpStatusCode.OK, "ready");
    }

    [Fact]
    public async Task Start_InDevelopmentWithoutKey_SharesOneOfRedis()
    {
        await using var first = await StartAsync("Development");
        await using var second = await StartAsync("Development");
        var account = await first.AddAgentAsync();
        var token = (await RunningServer.ReadAsync<Contracts.Http.SignInResult>(await first.SignInAsync(account.Email))).Token;

        using var profile = await second.SendAsync(HttpMethod.Get, "/api/agents/me", bearer: token);

        Assert.Equal(HttpStatusCode.OK, profile.StatusCode);
    }

    [Fact]
    public async Task Start_InDevelopmentWithoutKeyAndRedis_SaysWhatIsMissing()
    {
        await _redis.KillHardAsync();

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync("Development")).Within();

        Assert.Contains("Auth:SigningKey", refusal.Message, StringComparison.Ordinal);
    }

    private Task<RunningServer> StartAsync(params string[] settings)
    {
        var isDevelopment = settings is ["Development"];
        return RunningServer.StartAsync(
            (server, _) => server.Log.Expect("is out of reach"),
            settings: [$"--ConnectionStrings:Redis={_redis.Configuration}", "--DemoShop:Urls=http://127.0.0.1:0", .. isDevelopment ? [] : settings],
            environment: isDevelopment ? "Development" : "Production");
    }

    /// <summary>
    /// The server's clock is the test's, so it is moved until the node has heard itself; no faster than time goes by, or Redis would be late on a busy machine.
    /// </summary>
    private static async Task AnswersAsync(RunningServer server, HttpStatusCode status, string text)
    {
        using var deadline = new CancellationTokenSource(Deadline.Default);
        while (true)
        {
            using var response = await server.SendAsync(HttpMethod.Get, "/readyz");
            if (response.StatusCode == status && await response.Content.ReadAsStringAsync(deadline.Token) == text)
            {
                return;
            }

            await Task.Delay(AskEvery, TimeProvider.System, deadline.Token);
            server.Clock.Advance(AskEvery);
        }
    }
}
