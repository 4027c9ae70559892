using System.Reflection;
using System.Runtime.Serialization;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>An enum as its member's name, as the stock protocol has it; numbers are understood too.</summary>
internal sealed class EnumFormatter<T> : IMessagePackFormatter<T>
    where T : struct, Enum
{
    private readonly Dictionary<T, string> _names = [];
    private readonly Dictionary<string, T> _values = new(StringComparer.OrdinalIgnoreCase);

    public EnumFormatter()
    {
        foreach (var field in typeof(T).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var name = field.GetCustomAttribute<EnumMemberAttribute>()?.Value ?? field.Name;
            var value = (T)field.GetValue(null)!;
            _names.TryAdd(value, name);
            _values.TryAdd(name, value);
        }
    }

    public void Write(MessagePackWriter writer, T value) =>
        writer.WriteString(_names.TryGetValue(value, out var name) ? name : value.ToString());

    public T Read(ref MessagePackReader reader)
    {
        if (reader.NextKind == MessagePackKind.Integer)
        {
            return (T)Enum.ToObject(typeof(T), reader.ReadInt64());
        }

        var name = reader.ReadString();
        return name is not null && (_values.TryGetValue(name, out var value) || Enum.TryParse(name, ignoreCase: true, out value))
            ? value
            : throw new UnexpectedValueException($"Expected a {typeof(T).Name}.");
    }
}
