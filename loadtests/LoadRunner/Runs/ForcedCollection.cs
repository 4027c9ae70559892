using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace CoPilot.LoadRunner.Runs;

/// <summary>Lets .NET processes collect their garbage, all of it, so that memory is compared and not what happens to lie about. Other programs cannot be asked.</summary>
internal static class ForcedCollection
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    /// <summary>A session with this keyword begins with a full collection.</summary>
    private static readonly EventPipeProvider Collects = new(
        ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)ClrTraceEventParser.Keywords.GCHeapCollect);

    public static async Task RunAsync(IEnumerable<int> processIds)
    {
        var known = DiagnosticsClient.GetPublishedProcesses().ToHashSet();
        foreach (var processId in processIds.Where(known.Contains))
        {
            using var limit = new CancellationTokenSource(Within);
            var client = new DiagnosticsClient(processId);
            using var session = await client.StartEventPipeSessionAsync([Collects], requestRundown: false, token: limit.Token);

            // The stream ends when the session has stopped, and that takes until the collection is over.
            var reading = session.EventStream.CopyToAsync(Stream.Null, limit.Token);
            await session.StopAsync(limit.Token);
            await reading;
        }
    }
}
