using System.Globalization;
using CoPilot.LoadRunner.Results;

namespace CoPilot.LoadRunner.Runs;

/// <summary>The run in a few lines for the terminal.</summary>
internal static class RunSummary
{
    public static string Write(RunResult result, string folder)
    {
        List<string> lines =
        [
            .. result.Phases.Where(phase => phase.IsMeasured).SelectMany(phase => phase.Steps.Select(step => Tell(phase, step))),
            .. result.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Name}: {figure.Value:N2} {figure.Unit}")),
            Tell(result.Correctness),
            .. result.Correctness.Failures.Select(failure => $"  {failure}"),
            .. result.Thresholds.Select(threshold => string.Create(
                CultureInfo.InvariantCulture, $"{(threshold.IsMet ? "met" : "MISSED")}: {threshold.Step}: {threshold.Measure} (it was {threshold.Value:N2})")),
            result.Noise,
            $"{(result.IsGood ? "Good" : "FAILED")}. The report is in {folder}",
        ];
        return string.Join('\n', lines);
    }

    private static string Tell(PhaseResult phase, StepResult step)
    {
        var failed = string.Concat(step.Failed.Select(failure => $", {failure.Count} {failure.Code}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{phase.Name}, {step.Name}: {step.Ok:N0} ok ({step.Ok / phase.Seconds:N1}/s){failed}; p50 {step.P50Ms:N2} ms, p99 {step.P99Ms:N2} ms, longest {step.MaxMs:N1} ms");
    }

    private static string Tell(Correctness correctness) => string.Create(
        CultureInfo.InvariantCulture,
        $"{correctness.Sent:N0} sent, {correctness.Delivered:N0} delivered, {correctness.Lost:N0} lost, {correctness.Doubled:N0} doubled, {correctness.Reordered:N0} out of order, {correctness.FailureCount:N0} failures");
}
