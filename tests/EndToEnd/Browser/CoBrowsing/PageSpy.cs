using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>
/// Runs in a customer's pages before any script of theirs: opens the shadow roots that are closed to everybody, so that a story can look into them, and
/// writes an error, which fails the story, when a script does what a person should: nothing of Co-Pilot may click, type or submit.
/// </summary>
internal static class PageSpy
{
    /// <summary>How often a page was told that another holds its session.</summary>
    public const string LocksRefused = "globalThis.storyLocksRefused ?? 0";

    private const string Script =
        """
        (() => {
          const attach = Element.prototype.attachShadow;
          Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: 'open' }); };

          const tell = (what) => console.error(`A script did what a person should: ${what}`);
          for (const [owner, name] of [
            [EventTarget.prototype, 'dispatchEvent'], [HTMLElement.prototype, 'click'],
            [HTMLFormElement.prototype, 'submit'], [HTMLFormElement.prototype, 'requestSubmit'],
          ]) {
            const own = owner[name];
            owner[name] = function (...given) {
              const type = given[0]?.type ?? '';
              // How the chat hands a code over; of no use to anything that waits for a person.
              if (type !== 'copilot-join' || this !== window) tell(`${name} ${type}`);
              return own.apply(this, given);
            };
          }
          for (const type of [
            'click', 'dblclick', 'auxclick', 'mousedown', 'mouseup', 'mousemove', 'pointerdown', 'pointerup', 'pointermove', 'touchstart', 'touchend',
            'keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'change', 'submit', 'wheel', 'drop', 'paste',
          ]) {
            window.addEventListener(type, (event) => { if (!event.isTrusted) tell(`an untrusted ${type}`); }, true);
          }

          const request = globalThis.LockManager?.prototype.request;
          if (request) {
            LockManager.prototype.request = function (name, options, callback) {
              return request.call(this, name, options, (lock) => {
                globalThis.storyLocksRefused = (globalThis.storyLocksRefused ?? 0) + (lock === null ? 1 : 0);
                return callback(lock);
              });
            };
          }
        })();
        """;

    public static Task WatchAsync(IBrowserContext context) => context.AddInitScriptAsync(Script);
}
