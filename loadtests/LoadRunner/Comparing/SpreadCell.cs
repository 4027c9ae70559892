using CoPilot.Measuring;

namespace CoPilot.LoadRunner.Comparing;

/// <summary>A figure of several runs in one cell: the median, with the smallest and the largest when there are several.</summary>
internal static class SpreadCell
{
    public static string Write(Spread spread, int runs) => double.IsNaN(spread.Median) || runs == 1
        ? MarkdownTable.Number(spread.Median)
        : $"{MarkdownTable.Number(spread.Median)} ({MarkdownTable.Number(spread.Smallest)}..{MarkdownTable.Number(spread.Largest)})";
}
