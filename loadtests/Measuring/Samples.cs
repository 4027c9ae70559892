using System.Diagnostics;

namespace CoPilot.Measuring;

/// <summary>All that was measured of one thing, in whatever unit; kept whole, so that no percentile is a guess. Thread-safe.</summary>
public sealed class Samples
{
    private readonly Lock _gate = new();
    private readonly List<double> _values = [];
    private bool _isSorted;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _values.Count;
            }
        }
    }

    /// <summary>Not a number when there are none.</summary>
    public double Mean
    {
        get
        {
            lock (_gate)
            {
                return _values.Count == 0 ? double.NaN : _values.Sum() / _values.Count;
            }
        }
    }

    public void Add(double value)
    {
        lock (_gate)
        {
            _values.Add(value);
            _isSorted = false;
        }
    }

    /// <summary>The milliseconds since then.</summary>
    /// <param name="timestamp">As <see cref="Stopwatch.GetTimestamp"/> gave it.</param>
    public void AddSince(long timestamp) => Add(Stopwatch.GetElapsedTime(timestamp).TotalMilliseconds);

    /// <summary>The smallest value that so many are at or below; not a number when there are none.</summary>
    /// <param name="share">0 to 1.</param>
    public double Percentile(double share)
    {
        lock (_gate)
        {
            if (_values.Count == 0)
            {
                return double.NaN;
            }

            if (!_isSorted)
            {
                _values.Sort();
                _isSorted = true;
            }

            return _values[Math.Clamp((int)Math.Ceiling(share * _values.Count) - 1, 0, _values.Count - 1)];
        }
    }
}
