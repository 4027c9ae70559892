using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Identity;
using CoPilot.Contracts;
using CoPilot.Contracts.Http;
using CoPilot.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CoPilot.ChatServer.Tests.Hosting;

/// <summary>The real server inside the test's process: real Kestrel on a free port, a data folder, site and clock of its own, and a watched log.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string Site = "shop";
    public const string ShopOrigin = "https://www.shop.example";
    public const string OtherSite = "other";
    public const string OtherOrigin = "https://www.other.example";
    public const string Password = "correct horse battery";
    public const string IdentityKey = "c2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXktc2hvcC1rZXk=";

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _app;

    private RunningServer(IReadOnlyList<string> settings, string environment, ManualTimeProvider clock, string? viewerUrls, Action<IServiceCollection>? addServices)
    {
        Clock = clock;
        foreach (var folder in (string[])["client/client", "console/assets", "demo-shop", "viewer"])
        {
            Directory.CreateDirectory(Path.Combine(AssetFolder, folder));
        }

        File.WriteAllText(Path.Combine(AssetFolder, "viewer", "index.html"), "<meta content=\"{{Console}}\"><script src=\"/viewer-abc.js\">");
        File.WriteAllText(Path.Combine(AssetFolder, "viewer", "viewer-abc.js"), "1");
        _app = Program.Create(
            [
                $"--environment={environment}",
                "--Urls=http://127.0.0.1:0",
                .. viewerUrls is null ? (string[])[] : [$"--CoBrowse:ViewerUrls={viewerUrls}"],
                $"--DataFolder={_folder.File("data")}",
                $"--Sites:{Site}:Name=Shop",
                $"--Sites:{Site}:Origins:0={ShopOrigin}",
                $"--Sites:{Site}:Topics:orders:Queue=orders",
                $"--Sites:{Site}:Queues:orders:MaximumLength=10",
                $"--Sites:{Site}:Identity:Key={IdentityKey}",
                $"--Sites:{OtherSite}:Name=Other",
                $"--Sites:{OtherSite}:Origins:0={OtherOrigin}",
                $"--Sites:{OtherSite}:Identity:Key={IdentityKey}",
                .. settings,
            ],
            builder =>
            {
                builder.Logging.ClearProviders().AddProvider(Log);
                builder.Services.AddSingleton<TimeProvider>(Clock);
                builder.Services.AddSingleton(new Assets(AssetFolder));
                addServices?.Invoke(builder.Services);
            });
    }

    public LogWatcher Log { get; } = new();

    public ManualTimeProvider Clock { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public string AssetFolder => _folder.File("assets");

    public IServiceProvider Services => _app.Services;

    public Uri Address => Http.BaseAddress!;

    public string Origin => Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public IAccountStore Accounts => Services.GetRequiredService<IAccountStore>();

    /// <param name="prepare">Adds files and endpoints before the start.</param>
    public static async Task<RunningServer> StartAsync(
        Action<RunningServer, WebApplication>? prepare = null,
        IReadOnlyList<string>? settings = null,
        string environment = "Production",
        ManualTimeProvider? clock = null,
        string? viewerUrls = "http://127.0.0.1:0",
        Action<IServiceCollection>? addServices = null)
    {
        var server = new RunningServer(settings ?? [], environment, clock ?? new ManualTimeProvider(), viewerUrls, addServices);
        try
        {
            prepare?.Invoke(server, server._app);
            await server._app.StartServerAsync().Within();
        }
        catch (StartupException)
        {
            await server.DisposeAsync();
            throw;
        }

        server.Http.BaseAddress = new Uri(server.Services.GetRequiredService<ServerAddresses>().Listening[0]);
        return server;
    }

    /// <summary>Sends as a browser or program would.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, string? origin = null, string? bearer = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WireJson.Default.Options);
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await Http.SendAsync(request).Within();
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync().Within();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {text}");
        return (T)JsonSerializer.Deserialize(text, WireJson.Default.GetTypeInfo(typeof(T))!)!;
    }

    /// <summary>Asserts that it was refused as the protocol says: problem details with this status and code.</summary>
    public static async Task AssertProblemAsync(HttpStatusCode status, string code, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync().Within();
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize(text, WireJson.Default.Problem)!;
        Assert.Equal((code, (int)status), (problem.Code, problem.Status));
    }

    public async Task<CustomerTokenResult> NewCustomerAsync(string site = Site) =>
        await ReadAsync<CustomerTokenResult>(await SendAsync(HttpMethod.Post, "/api/customers", new CustomerTokenRequest(site)));

    public async Task<Account> AddAgentAsync(string name = "ada", string role = Roles.Agent)
    {
        var account = new Account(
            IdentityIds.NewAgent(), Site, $"{name}@shop.example", name, role, ["orders"], 3, Services.GetRequiredService<PasswordService>().Hash(Password));
        Assert.True(await Accounts.AddAsync(account).Within());
        return account;
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password = Password, string? origin = null) =>
        SendAsync(HttpMethod.Post, "/api/agents/sign-in", new SignInRequest(email, password), origin);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync().Within();
        await _app.DisposeAsync();
        _folder.Dispose();
        Log.Dispose();
    }
}
