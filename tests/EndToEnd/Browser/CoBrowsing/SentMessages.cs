using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;

namespace CoPilot.EndToEnd.Browser.CoBrowsing;

/// <summary>What a window's pages say on their WebSockets, whatever hub protocol they speak: both write the name of a call as it is.</summary>
internal sealed class SentMessages
{
    private readonly ConcurrentQueue<string> _messages = new();

    public SentMessages(IPage page) => page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => _messages.Enqueue(frame.Text ?? Encoding.Latin1.GetString(frame.Binary ?? []));

    public int Count(string call) => _messages.Count(message => message.Contains(call, StringComparison.Ordinal));

    public IReadOnlyList<string> All => [.. _messages];
}
