using System.Numerics;

namespace CoPilot.LoadRunner.Load;

/// <summary>
/// Durations from a microsecond to an hour, to three significant digits: each power of two has 1,024 buckets, so no value is told wrong by a thousandth.
/// Thread-safe without locks; reading while others add gives some moment's numbers.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 10;
    private const int SubBuckets = 1 << SubBits;
    private const long Smallest = 1;

    /// <summary>An hour; whatever is longer counts as that.</summary>
    private const long Largest = 3_600_000_000;

    private static readonly int Length = IndexOf(Largest) + 1;

    private readonly long[] _counts = new long[Length];

    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var each in _counts)
            {
                count += each;
            }

            return count;
        }
    }

    public double MaxMs => Array.FindLastIndex(_counts, count => count > 0) is >= 0 and var last ? ToMs(last) : double.NaN;

    public void Add(TimeSpan duration) => AddMicroseconds((long)duration.TotalMicroseconds);

    public void AddMicroseconds(long microseconds) => Interlocked.Increment(ref _counts[IndexOf(Math.Clamp(microseconds, Smallest, Largest))]);

    public void Merge(LatencyHistogram other)
    {
        for (var index = 0; index < Length; index++)
        {
            if (other._counts[index] is not 0 and var count)
            {
                Interlocked.Add(ref _counts[index], count);
            }
        }
    }

    /// <summary>The duration in milliseconds that so many are at or below; not a number when there are none.</summary>
    /// <param name="share">0 to 1.</param>
    public double PercentileMs(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var index = 0; index < Length; index++)
        {
            seen += _counts[index];
            if (seen >= wanted)
            {
                return ToMs(index);
            }
        }

        return double.NaN;
    }

    /// <summary>Its buckets that are not empty, as base64: for each the distance from the one before and its count, both as variable-length numbers.</summary>
    public string Encode() => Write(index => _counts[index]);

    /// <summary>What was added since <paramref name="seen"/>, which has the same afterwards: for one reader who looks again and again, and makes no garbage of this size each time.</summary>
    public string EncodeSince(LatencyHistogram seen) => Write(index =>
    {
        var count = Volatile.Read(ref _counts[index]);
        var since = count - seen._counts[index];
        seen._counts[index] = count;
        return since;
    });

    /// <exception cref="FormatException">It is not what <see cref="Encode"/> gave.</exception>
    public static LatencyHistogram Decode(string encoded)
    {
        var histogram = new LatencyHistogram();
        using var bytes = new MemoryStream(Convert.FromBase64String(encoded));
        using var reader = new BinaryReader(bytes);
        var index = 0;
        try
        {
            while (bytes.Position < bytes.Length)
            {
                index += reader.Read7BitEncodedInt();
                histogram._counts[index] += reader.Read7BitEncodedInt64();
            }
        }
        catch (Exception error) when (error is IndexOutOfRangeException or EndOfStreamException)
        {
            throw new FormatException("It is no histogram.", error);
        }

        return histogram;
    }

    private static string Write(Func<int, long> countOf)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var before = 0;
        for (var index = 0; index < Length; index++)
        {
            if (countOf(index) is not 0 and var count)
            {
                writer.Write7BitEncodedInt(index - before);
                writer.Write7BitEncodedInt64(count);
                before = index;
            }
        }

        return Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Up to 2,047 each number has a bucket of its own; above, the highest eleven bits tell it.</summary>
    private static int IndexOf(long microseconds)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)microseconds) - SubBits);
        return (shift * SubBuckets) + (int)(microseconds >> shift);
    }

    /// <summary>The largest number of the bucket, so that no percentile looks better than it was.</summary>
    private static double ToMs(int index)
    {
        var shift = Math.Max(0, (index / SubBuckets) - 1);
        return Math.Min(Largest, (((long)(index - (shift * SubBuckets)) + 1) << shift) - 1) / 1000.0;
    }
}
