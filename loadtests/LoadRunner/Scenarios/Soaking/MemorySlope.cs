namespace CoPilot.LoadRunner.Scenarios.Soaking;

/// <summary>How memory grows over time: the line with the least squares of distances through all measurements, so that one collection of garbage more or less decides nothing.</summary>
internal static class MemorySlope
{
    /// <summary>Bytes an hour; not a number for fewer than two measurements.</summary>
    public static double PerHour(IReadOnlyList<(double Hours, double Bytes)> measured)
    {
        if (measured.Count < 2)
        {
            return double.NaN;
        }

        var (time, bytes) = (measured.Average(each => each.Hours), measured.Average(each => each.Bytes));
        return measured.Sum(each => (each.Hours - time) * (each.Bytes - bytes)) / measured.Sum(each => (each.Hours - time) * (each.Hours - time));
    }
}
