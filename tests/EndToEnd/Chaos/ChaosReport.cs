using System.Globalization;
using CoPilot.TestKit;

namespace CoPilot.EndToEnd.Chaos;

/// <summary>What a story measured: to the test's output and to <c>artifacts/chaos</c>. Times are told, not held to.</summary>
internal static class ChaosReport
{
    public static void Write(string story, Crowd crowd, Observations observations, IReadOnlyList<Fault> faults, TimeSpan took, IReadOnlyList<string>? more = null)
    {
        var waits = crowd.Customers.Select(customer => customer.LongestWait).Order().ToList();
        var attempts = observations.Sends.Count;
        var unanswered = observations.Sends.Count(send => send.Outcome == SendOutcome.Unknown);
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{story}: {observations.Conversations.Count} conversations, {crowd.Talks.Spoken} messages in {took.TotalSeconds:0} s"),
            $"  sends {attempts}, of them without an answer {unanswered}; pushes {observations.Pushes.Count}",
            $"  longest wait of a customer for an answer: median {Seconds(waits, 0.5)}, 99 of 100 {Seconds(waits, 0.99)}, longest {Seconds(waits, 1)}",
            $"  faults: {string.Join(", ", Enum.GetValues<FaultKind>().Select(kind => $"{kind} {faults.Count(fault => fault.Kind == kind)}"))}",
            .. more ?? [],
        ];
        Write(story, lines);
    }

    public static void Write(string story, params string[] lines)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', lines));
        var folder = Directory.CreateDirectory(Checkout.File("artifacts/chaos")).FullName;
        File.WriteAllLines(Path.Combine(folder, $"{story}.txt"), lines);
    }

    private static string Seconds(List<TimeSpan> sorted, double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{sorted[(int)Math.Ceiling(share * sorted.Count) - 1].TotalSeconds:0.0} s");
}
