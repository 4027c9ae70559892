namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>Arrays, lists and whatever else can be enumerated. What is read becomes an array or a list, where the type takes one.</summary>
internal sealed class SequenceFormatter<T, TElement>() : ContainerFormatter<T>("an array")
    where T : IEnumerable<TElement>
{
    /// <summary>A list grows from here, so that a count alone, with a byte for each element, makes nobody allocate much.</summary>
    private const int FirstCapacity = 256;

    private static readonly bool TakesList = typeof(T).IsAssignableFrom(typeof(List<TElement>));
    private static readonly bool TakesArray = typeof(T).IsAssignableFrom(typeof(TElement[]));

    protected override void WriteContent(MessagePackWriter writer, T value)
    {
        switch (value)
        {
            case TElement[] array:
                WriteSpan(writer, array);
                break;
            case IReadOnlyList<TElement> list:
                WriteList(writer, list);
                break;
            default:
                WriteSpan(writer, Enumerable.ToArray(value));
                break;
        }
    }

    protected override T ReadContent(ref MessagePackReader reader)
    {
        if (!TakesList && !TakesArray)
        {
            throw new NotSupportedException($"{typeof(T)} cannot be read from MessagePack; use a list or an array.");
        }

        var elements = ReadElements(ref reader);
        return (T)(object)(TakesList ? elements : elements.ToArray());
    }

    private static List<TElement> ReadElements(ref MessagePackReader reader)
    {
        var count = reader.ReadArrayHeader();
        var elements = new List<TElement>(Math.Min(count, FirstCapacity));
        for (var i = 0; i < count; i++)
        {
            elements.Add(Formatters<TElement>.Instance.Read(ref reader));
        }

        return elements;
    }

    private static void WriteSpan(MessagePackWriter writer, ReadOnlySpan<TElement> elements)
    {
        writer.WriteArrayHeader(elements.Length);
        foreach (var element in elements)
        {
            Formatters<TElement>.Instance.Write(writer, element);
        }
    }

    private static void WriteList(MessagePackWriter writer, IReadOnlyList<TElement> elements)
    {
        // Indexed: an enumerator would be allocated.
        var count = elements.Count;
        writer.WriteArrayHeader(count);
        for (var i = 0; i < count; i++)
        {
            Formatters<TElement>.Instance.Write(writer, elements[i]);
        }
    }
}
