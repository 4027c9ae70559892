using System.Globalization;
using CoPilot.TestKit;

namespace CoPilot.LoadRunner.Runs;

/// <summary>Where a run leaves its report.</summary>
internal static class RunFolder
{
    /// <param name="asked">Empty when nobody said.</param>
    public static string Choose(string asked, string scenario) => asked.Length > 0
        ? Path.GetFullPath(asked)
        : Checkout.File(string.Create(
            CultureInfo.InvariantCulture, $"artifacts/loadtests/{TimeProvider.System.GetUtcNow():yyyyMMdd-HHmmss}-{scenario}"));
}
