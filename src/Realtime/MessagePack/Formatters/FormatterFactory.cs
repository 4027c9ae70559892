using System.Collections;
using System.Reflection;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>Chooses the formatter of a type.</summary>
internal static class FormatterFactory
{
    private static readonly Dictionary<Type, object> Simple = new()
    {
        [typeof(object)] = DynamicFormatter.Instance,
        [typeof(string)] = new StringFormatter(),
        [typeof(bool)] = new BooleanFormatter(),
        [typeof(byte)] = new IntegerFormatter<byte>(),
        [typeof(sbyte)] = new IntegerFormatter<sbyte>(),
        [typeof(short)] = new IntegerFormatter<short>(),
        [typeof(ushort)] = new IntegerFormatter<ushort>(),
        [typeof(int)] = new IntegerFormatter<int>(),
        [typeof(uint)] = new IntegerFormatter<uint>(),
        [typeof(long)] = new IntegerFormatter<long>(),
        [typeof(ulong)] = new UnsignedLongFormatter(),
        [typeof(float)] = new SingleFormatter(),
        [typeof(double)] = new DoubleFormatter(),
        [typeof(byte[])] = new ByteArrayFormatter(),
        [typeof(Memory<byte>)] = new MemoryFormatter(),
        [typeof(ReadOnlyMemory<byte>)] = new ReadOnlyMemoryFormatter(),
        [typeof(DateTime)] = new DateTimeFormatter(),
        [typeof(DateTimeOffset)] = new DateTimeOffsetFormatter(),
        [typeof(Guid)] = new ParsableFormatter<Guid>("D"),
        [typeof(decimal)] = new ParsableFormatter<decimal>(""),
        [typeof(TimeSpan)] = new ParsableFormatter<TimeSpan>("c"),
        [typeof(DateOnly)] = new ParsableFormatter<DateOnly>("O"),
        [typeof(TimeOnly)] = new ParsableFormatter<TimeOnly>("O"),
        [typeof(Uri)] = new UriFormatter(),
    };

    public static IMessagePackFormatter<T> Create<T>() => (IMessagePackFormatter<T>)Create(typeof(T));

    private static object Create(Type type)
    {
        if (Simple.TryGetValue(type, out var simple))
        {
            return simple;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Make(typeof(NullableFormatter<>), underlying);
        }

        if (type.IsEnum)
        {
            return Make(typeof(EnumFormatter<>), type);
        }

        if (FindElement(type) is { } element)
        {
            return IsPair(element) && element.GenericTypeArguments[0] == typeof(string)
                ? Make(typeof(DictionaryFormatter<,>), type, element.GenericTypeArguments[1])
                : Make(typeof(SequenceFormatter<,>), type, element);
        }

        return IsUnsupported(type) ? Make(typeof(UnsupportedFormatter<>), type) : Make(typeof(RecordFormatter<>), type);
    }

    private static object Make(Type formatter, params Type[] arguments) => Activator.CreateInstance(formatter.MakeGenericType(arguments))!;

    /// <summary>What a list, array or dictionary holds; pairs where it can be seen either way.</summary>
    private static Type? FindElement(Type type)
    {
        var elements = type.GetInterfaces().Append(type)
            .Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(candidate => candidate.GenericTypeArguments[0])
            .ToList();
        return elements.Find(IsPair) ?? elements.FirstOrDefault();
    }

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    private static bool IsUnsupported(Type type) =>
        type.IsPrimitive || type.IsPointer || type.IsByRefLike || typeof(Delegate).IsAssignableFrom(type)
        || typeof(IEnumerable).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type);
}

/// <summary>Says so when such a value is really to be written or read, so that a type may have members that are never sent.</summary>
internal sealed class UnsupportedFormatter<T> : IMessagePackFormatter<T>
{
    public void Write(MessagePackWriter writer, T value) => throw Unsupported();

    public T Read(ref MessagePackReader reader) => throw Unsupported();

    private static NotSupportedException Unsupported() => new($"{typeof(T)} cannot be sent as MessagePack.");
}
