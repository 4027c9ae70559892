using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>A walk past pages and states, each looked at by axe in light and dark, with a picture of both.</summary>
internal sealed class AxeWalk
{
    /// <summary>The console's components have the scheme in an attribute, written a moment later.</summary>
    private const string HasScheme =
        """
        (scheme) => {
          const ofTheConsole = document.documentElement.dataset.mantineColorScheme;
          return matchMedia(`(prefers-color-scheme: ${scheme})`).matches && (ofTheConsole === undefined || ofTheConsole === scheme);
        }
        """;

    private readonly List<string> _findings = [];

    public static BrowserNewContextOptions Device(bool isPhone) => new()
    {
        ColorScheme = ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
        ViewportSize = isPhone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
        IsMobile = isPhone,
        HasTouch = isPhone,
    };

    /// <summary>In both schemes, on the same page: to tell the whole story again in the dark takes far longer.</summary>
    public async Task LookAsync(Window window, string moment)
    {
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await Eventually.TrueAsync(() => window.Page.EvaluateAsync<bool>(HasScheme, scheme.ToString().ToLowerInvariant()));
            var seen = $"{moment}-{scheme}".ToLowerInvariant();
            await window.PictureAsync($"axe-{seen}");
            _findings.AddRange((await Axe.FindAsync(window.Page)).Select(finding => $"{seen}, {window.Name}: {finding}"));
        }
    }

    public void Check() => Assert.True(_findings.Count == 0, string.Join('\n', _findings));
}
