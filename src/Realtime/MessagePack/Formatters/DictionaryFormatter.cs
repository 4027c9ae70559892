namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>
/// Dictionaries with strings for keys. Other keys are not read: strings alone have a hash that a sender cannot aim at, so nobody can turn a map
/// into one long chain.
/// </summary>
internal sealed class DictionaryFormatter<T, TValue>() : ContainerFormatter<T>("a map")
    where T : IEnumerable<KeyValuePair<string, TValue>>
{
    /// <summary>It grows from here, so that a count alone makes nobody allocate much.</summary>
    private const int FirstCapacity = 64;

    private static readonly bool TakesDictionary = typeof(T).IsAssignableFrom(typeof(Dictionary<string, TValue>));

    protected override void WriteContent(MessagePackWriter writer, T value)
    {
        switch (value)
        {
            case Dictionary<string, TValue> dictionary:
                // By its own type, whose enumerator is not allocated.
                writer.WriteMapHeader(dictionary.Count);
                foreach (var (key, element) in dictionary)
                {
                    WritePair(writer, key, element);
                }

                break;
            case IReadOnlyCollection<KeyValuePair<string, TValue>> pairs:
                WritePairs(writer, pairs);
                break;
            default:
                WritePairs(writer, Enumerable.ToArray(value));
                break;
        }
    }

    protected override T ReadContent(ref MessagePackReader reader) => TakesDictionary
        ? (T)(object)ReadPairs(ref reader)
        : throw new NotSupportedException($"{typeof(T)} cannot be read from MessagePack; use a dictionary.");

    private static Dictionary<string, TValue> ReadPairs(ref MessagePackReader reader)
    {
        var count = reader.ReadMapHeader();
        var pairs = new Dictionary<string, TValue>(Math.Min(count, FirstCapacity));
        for (var i = 0; i < count; i++)
        {
            var key = reader.ReadString() ?? throw reader.Unexpected("a key");
            pairs[key] = Formatters<TValue>.Instance.Read(ref reader);
        }

        return pairs;
    }

    private static void WritePairs(MessagePackWriter writer, IReadOnlyCollection<KeyValuePair<string, TValue>> pairs)
    {
        writer.WriteMapHeader(pairs.Count);
        foreach (var (key, element) in pairs)
        {
            WritePair(writer, key, element);
        }
    }

    private static void WritePair(MessagePackWriter writer, string key, TValue value)
    {
        writer.WriteString(key);
        Formatters<TValue>.Instance.Write(writer, value);
    }
}
