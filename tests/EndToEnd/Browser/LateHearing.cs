using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser;

/// <summary>Runs in an agent's page before any script of its own, and can keep from it what the server tells until the agent has accepted an offer, as a slow network does.</summary>
internal static class LateHearing
{
    /// <summary>The console speaks MessagePack, in which a ping is three bytes. Pings pass, or the page would give the connection up in the end.</summary>
    private const string Script =
        """
        (() => {
          const held = [];
          let holds = false;
          globalThis.storyHearsLate = () => { holds = true; };
          globalThis.WebSocket = class extends WebSocket {
            set onmessage(hear) {
              super.onmessage = (event) => {
                if (holds && event.data.byteLength > 3) held.push(() => hear(event));
                else hear(event);
              };
            }
            send(data) {
              super.send(data);
              if (holds && new TextDecoder().decode(data).includes('AcceptOffer')) {
                holds = false;
                queueMicrotask(() => held.splice(0).forEach((hear) => hear()));
              }
            }
          };
        })();
        """;

    public static Task PrepareAsync(IPage page) => page.AddInitScriptAsync(Script);

    /// <summary>From now on.</summary>
    public static Task BeginAsync(IPage page) => page.EvaluateAsync("() => globalThis.storyHearsLate()");
}
