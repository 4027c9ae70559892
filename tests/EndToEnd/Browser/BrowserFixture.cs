using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>One headless Chromium for all stories; each window has a context, and so a profile, of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string DefaultChromium = "/usr/bin/chromium";

    /// <summary>Far above what anything here takes, also on a busy machine.</summary>
    public const float PatienceMilliseconds = 30_000;

    private IPlaywright? _playwright;

    public IBrowser Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        Chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("COPILOT_CHROMIUM") is { Length: > 0 } path ? path : DefaultChromium,

            // Containers rarely allow Chromium's sandbox, and all pages here are ours.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Chromium.DisposeAsync();
        _playwright?.Dispose();
    }
}
