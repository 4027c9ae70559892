using System.Text.Json;
using CoPilot.TestKit;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>The frame in an agent's console in which a customer's page is built anew. The page's own frame runs no scripts and is read from around it.</summary>
internal sealed class ViewedPage(IPage console, Uri viewer)
{
    /// <summary>What a person can read there.</summary>
    private const string Shown = "() => document.querySelector('iframe')?.contentDocument?.body?.innerText ?? ''";

    /// <summary>Everything that is there, read or not: attributes, styles and shadow trees included.</summary>
    private const string All =
        """
        () => {
          const read = (root) => (root.documentElement?.outerHTML ?? root.innerHTML)
            + [...root.adoptedStyleSheets ?? [], ...root.styleSheets ?? []].map((sheet) => [...sheet.cssRules].map((rule) => rule.cssText).join('')).join('')
            + [...root.querySelectorAll('*')].map((each) => each.shadowRoot ? read(each.shadowRoot) : '').join('');
          const page = document.querySelector('iframe')?.contentDocument;
          return read(document) + (page ? read(page) : '');
        }
        """;

    /// <summary>Where a text is on the surface over the page, as shares of its size; of elements in one another that hold nothing else, the innermost.</summary>
    private const string PlaceOf =
        """
        (text) => {
          const page = document.querySelector('iframe')?.contentDocument;
          const found = [...page?.querySelectorAll('h1, h2, p, a, button, summary, span, li') ?? []].findLast((each) => each.textContent.trim() === text);
          if (!found) return null;
          const { left, top, width, height } = found.getBoundingClientRect();
          return { x: (left + width / 2) / page.defaultView.innerWidth, y: (top + height / 2) / page.defaultView.innerHeight };
        }
        """;

    private const string ScrolledTo = "() => document.querySelector('iframe')?.contentWindow?.scrollY ?? 0";

    public IFrame? Frame => console.Frames.FirstOrDefault(frame => frame.Url.StartsWith(viewer.ToString(), StringComparison.Ordinal));

    /// <summary>What is said instead of a page.</summary>
    public Task<string> VeilAsync() => ReadAsync("() => document.querySelector('.veil:not([hidden])')?.innerText ?? ''");

    public Task<string> TextAsync() => ReadAsync(Shown);

    public Task<string> EverythingAsync() => ReadAsync(All);

    public Task SeesAsync(string text) =>
        Eventually.TrueAsync(async () => (await TextAsync()).Contains(text, StringComparison.Ordinal), what: $"'{text}' in the viewer");

    public Task SeesNoPageButAsync(string veil) =>
        Eventually.TrueAsync(async () => (await TextAsync()).Length == 0 && (await VeilAsync()).Contains(veil, StringComparison.Ordinal), what: $"only '{veil}' in the viewer");

    public Task IsScrolledAsync(Func<double, bool> fits) =>
        Eventually.TrueAsync(async () => Frame is { } frame && fits(await frame.EvaluateAsync<double>(ScrolledTo)), what: "scrolled in the viewer");

    /// <summary>By its key, as the viewer has it: P points, H highlights, S asks to scroll.</summary>
    public async Task ChooseToolAsync(string key)
    {
        await Surface.FocusAsync();
        await Surface.PressAsync(key);
    }

    /// <summary>At the end of the page, wherever the customer is.</summary>
    public async Task LookDownAsync()
    {
        await Surface.HoverAsync();
        await console.Mouse.WheelAsync(0, 5_000);
        await IsScrolledAsync(y => y > 0);
    }

    /// <summary>With the tool that is chosen, on a text of the page.</summary>
    public async Task UseToolOnAsync(string text)
    {
        var place = await Frame!.EvaluateAsync<JsonElement?>(PlaceOf, text);
        Assert.True(place is { ValueKind: JsonValueKind.Object }, $"'{text}' is not in the viewer");
        var box = (await Surface.BoundingBoxAsync())!;
        var at = new Position { X = box.Width * place.Value.GetProperty("x").GetSingle(), Y = box.Height * place.Value.GetProperty("y").GetSingle() };
        await Surface.HoverAsync(new() { Position = at });
        await Surface.ClickAsync(new() { Position = at });
    }

    private ILocator Surface => Frame!.Locator(".surface");

    private async Task<string> ReadAsync(string script)
    {
        try
        {
            return Frame is { } frame ? await frame.EvaluateAsync<string>(script) : "";
        }
        catch (PlaywrightException)
        {
            return ""; // The frame went away while it was read.
        }
    }
}
