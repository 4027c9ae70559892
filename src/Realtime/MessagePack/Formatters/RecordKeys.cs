using System.Text;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>The names of a record's members as they stand on the wire.</summary>
internal sealed class RecordKeys(IReadOnlyList<string> names)
{
    public const int Unknown = -1;

    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Reads a key and answers its member's number. Senders write members in the same order, so the search starts after the one found last.</summary>
    public int Read(ref MessagePackReader reader, int last)
    {
        if (reader.NextKind != MessagePackKind.String)
        {
            reader.Skip();
            return Unknown;
        }

        var key = reader.ReadStringBytes();
        for (var i = 1; i <= _names.Length; i++)
        {
            var candidate = (last + i) % _names.Length;
            if (key.SequenceEqual(_names[candidate]))
            {
                return candidate;
            }
        }

        return Unknown;
    }
}
