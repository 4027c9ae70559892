using System.Collections.Concurrent;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>A type's formatter behind <c>object</c>, which is what SignalR's messages hold.</summary>
internal abstract class ArgumentFormatter
{
    private static readonly ConcurrentDictionary<Type, ArgumentFormatter> ByType = new();

    public static ArgumentFormatter For(Type type) =>
        ByType.TryGetValue(type, out var formatter) ? formatter : ByType.GetOrAdd(type, Make);

    public abstract void Write(MessagePackWriter writer, object value);

    public abstract object? Read(ref MessagePackReader reader);

    private static ArgumentFormatter Make(Type type) =>
        (ArgumentFormatter)Activator.CreateInstance(typeof(ArgumentFormatter<>).MakeGenericType(type))!;
}

internal sealed class ArgumentFormatter<T> : ArgumentFormatter
{
    public override void Write(MessagePackWriter writer, object value) => Formatters<T>.Instance.Write(writer, (T)value);

    public override object? Read(ref MessagePackReader reader) => Formatters<T>.Instance.Read(ref reader);
}
