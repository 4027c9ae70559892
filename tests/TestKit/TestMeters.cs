using System.Diagnostics.Metrics;

namespace CoPilot.TestKit;

/// <summary>Meters of one test, so that tests that run side by side do not count each other's measurements. Thread-safe.</summary>
public sealed class TestMeters : IMeterFactory
{
    private readonly Lock _gate = new();
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(new MeterOptions(options.Name) { Version = options.Version, Tags = options.Tags, Scope = this });
        lock (_gate)
        {
            _meters.Add(meter);
        }

        return meter;
    }

    /// <summary>Hears every measurement of this instrument, on the thread that made it, until disposed.</summary>
    public MeterListener Listen<T>(string instrument, Action<T> heard)
        where T : struct => Listen<T>(instrument, (value, _) => heard(value));

    /// <summary>Hears what each measurement is of, too.</summary>
    public MeterListener Listen<T>(string instrument, Action<T, IReadOnlyDictionary<string, object?>> heard)
        where T : struct
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument && ReferenceEquals(published.Meter.Scope, this))
                {
                    listener.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<T>((_, value, tags, _) => heard(value, new Dictionary<string, object?>(tags.ToArray())));
        listener.Start();
        return listener;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _meters.ForEach(meter => meter.Dispose());
        }
    }
}
