using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace CoPilot.Realtime.Transport;

/// <summary>The features that a connection is itself, and those that somebody gave it; there is no table before somebody does.</summary>
internal sealed class DirectFeatures(DirectConnection connection) : IFeatureCollection
{
    private FeatureCollection? _given;

    public bool IsReadOnly => false;

    public int Revision => _given?.Revision ?? 0;

    public object? this[Type key]
    {
        get => _given?[key] ?? (key.IsInstanceOfType(connection) ? connection : null);
        set => (_given ??= new FeatureCollection())[key] = value;
    }

    public TFeature? Get<TFeature>() => _given is not null && _given.Get<TFeature>() is { } given ? given : connection is TFeature own ? own : default;

    public void Set<TFeature>(TFeature? instance) => (_given ??= new FeatureCollection()).Set(instance);

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => (_given ?? new FeatureCollection()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
