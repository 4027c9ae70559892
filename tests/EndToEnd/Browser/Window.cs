using System.Collections.Concurrent;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>One browser window. What a page writes to its console as an error, a breach of the Content-Security-Policy included, fails the story.</summary>
internal abstract class Window(IPage page, ServerProcess server, string name)
{
    private static readonly string Pictures =
        Environment.GetEnvironmentVariable("COPILOT_SCREENSHOTS") is { Length: > 0 } folder ? folder : Checkout.File("artifacts/screenshots");

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly List<string> _expected = [];

    public IPage Page { get; } = page;

    /// <summary>Ends the names of its pictures.</summary>
    public string Name { get; } = name;

    protected ServerProcess Server { get; } = server;

    /// <summary>Page errors that contain this text are no failure, such as a browser's complaint about a network that was cut.</summary>
    public void Expect(string text) => _expected.Add(text);

    /// <summary>Kept as build output, so that a person can look at what a story saw.</summary>
    public Task PictureAsync(string moment) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{moment}-{Name}.png"), Animations = ScreenshotAnimations.Disabled });

    public void CheckErrors() =>
        Assert.DoesNotContain(_errors, error => !_expected.Any(text => error.Contains(text, StringComparison.Ordinal)));

    protected void Listen()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue($"{Name}: {message.Text} ({message.Location})");
            }
        };
        Page.PageError += (_, error) => _errors.Enqueue($"{Name}: {error}");
    }

    protected static async Task SeesAsync(ILocator locator) => await Assertions.Expect(locator).ToBeVisibleAsync();

    /// <summary>Types what a person says and sends it; the server must keep it out of its log.</summary>
    protected async Task WriteAsync(ILocator field, string text)
    {
        Server.Log.MustNotContain(text);
        await field.FillAsync(text);
        await field.PressAsync("Enter");
    }
}
