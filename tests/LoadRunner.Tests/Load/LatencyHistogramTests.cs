using CoPilot.LoadRunner.Load;

namespace CoPilot.LoadRunner.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2_047)]
    [InlineData(2_048)]
    [InlineData(12_345)]
    [InlineData(987_654)]
    [InlineData(59_999_999)]
    [InlineData(3_600_000_000)]
    public void PercentileMs_OfOneValue_IsThatValueToThreeDigitsAndNeverLess(long microseconds)
    {
        var histogram = new LatencyHistogram();

        histogram.AddMicroseconds(microseconds);

        Assert.InRange(histogram.PercentileMs(0.5), microseconds / 1000.0, microseconds / 1000.0 * 1.001);
        Assert.Equal(histogram.MaxMs, histogram.PercentileMs(1));
    }

    [Fact]
    public void PercentileMs_OfAThousandValues_IsTheOneAtThatPlace()
    {
        var histogram = new LatencyHistogram();
        for (var value = 1; value <= 1_000; value++)
        {
            histogram.AddMicroseconds(value);
        }

        Assert.Equal(1_000, histogram.Count);
        Assert.Equal(0.5, histogram.PercentileMs(0.5));
        Assert.Equal(0.99, histogram.PercentileMs(0.99));
        Assert.Equal(1, histogram.PercentileMs(0.9995));
        Assert.Equal(0.001, histogram.PercentileMs(0));
    }

    [Fact]
    public void PercentileMs_OfNothing_IsNoNumber()
    {
        Assert.True(double.IsNaN(new LatencyHistogram().PercentileMs(0.5)));
        Assert.True(double.IsNaN(new LatencyHistogram().MaxMs));
    }

    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(-5, 0.001)]
    [InlineData(4_000_000_000_000, 3_600_000)]
    public void AddMicroseconds_OutsideOfTheRange_CountsAsItsEnd(long microseconds, double milliseconds)
    {
        var histogram = new LatencyHistogram();

        histogram.AddMicroseconds(microseconds);

        Assert.Equal(milliseconds, histogram.MaxMs);
    }

    [Fact]
    public void Decode_OfWhatWasEncoded_IsTheSame()
    {
        var histogram = Random(seed: 1, count: 5_000);

        var copy = LatencyHistogram.Decode(histogram.Encode());

        Assert.Equal(histogram.Encode(), copy.Encode());
        Assert.Equal(5_000, copy.Count);
        Assert.Equal(histogram.PercentileMs(0.99), copy.PercentileMs(0.99));
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("gA==")]
    [InlineData("/////wcB")]
    public void Decode_OfSomethingElse_IsRefused(string text) => Assert.Throws<FormatException>(() => LatencyHistogram.Decode(text));

    [Fact]
    public void Merge_OfParts_IsTheWhole()
    {
        var (one, other, whole) = (Random(seed: 1, count: 1_000), Random(seed: 2, count: 2_000), new LatencyHistogram());

        whole.Merge(one);
        whole.Merge(other);

        Assert.Equal(3_000, whole.Count);
        Assert.Equal(Math.Max(one.MaxMs, other.MaxMs), whole.MaxMs);
    }

    [Fact]
    public void EncodeSince_AgainAndAgain_GivesEachValueOnce()
    {
        var (histogram, seen) = (new LatencyHistogram(), new LatencyHistogram());
        histogram.AddMicroseconds(10);
        var first = LatencyHistogram.Decode(histogram.EncodeSince(seen));
        histogram.AddMicroseconds(20);
        histogram.AddMicroseconds(30);

        var second = LatencyHistogram.Decode(histogram.EncodeSince(seen));

        Assert.Equal((1, 0.01), (first.Count, first.MaxMs));
        Assert.Equal((2, 0.03), (second.Count, second.MaxMs));
        Assert.Equal("", histogram.EncodeSince(seen));
    }

    [Fact]
    public void Add_FromManyThreads_LosesNothing()
    {
        var histogram = new LatencyHistogram();

        Parallel.For(0, 100_000, _ => histogram.AddMicroseconds(7));

        Assert.Equal(100_000, histogram.Count);
    }

    private static LatencyHistogram Random(int seed, int count)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        for (var i = 0; i < count; i++)
        {
            histogram.AddMicroseconds((long)Math.Pow(10, random.NextDouble() * 9));
        }

        return histogram;
    }
}
