using System.Text;

namespace CoPilot.Realtime.Backplane;

internal enum MembershipKind : byte
{
    Connection = (byte)'c',
    Group = (byte)'g',
    User = (byte)'u',
}

/// <summary>A name that nodes have members of: one connection, a group or a user.</summary>
internal readonly record struct Membership(MembershipKind Kind, string Name)
{
    /// <summary>Small enough to register a whole node in few calls, enough to spread a hub over a cluster. Fixed: every node must compute the same.</summary>
    public const int Buckets = 64;

    /// <summary>As Redis keeps it.</summary>
    public string Field => $"{(char)Kind}:{Name}";

    /// <summary>FNV-1a over the field in UTF-8, modulo <see cref="Buckets"/>; nodes of all versions and machines agree on it.</summary>
    public static int BucketOf(string field)
    {
        var hash = 2_166_136_261u;
        Span<byte> buffer = stackalloc byte[256];
        var length = Encoding.UTF8.GetByteCount(field);
        var bytes = length <= buffer.Length ? buffer[..length] : new byte[length];
        Encoding.UTF8.GetBytes(field, bytes);
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16_777_619u;
        }

        return (int)(hash % Buckets);
    }

    public static Membership Connection(string id) => new(MembershipKind.Connection, id);

    public static Membership Group(string name) => new(MembershipKind.Group, name);

    public static Membership User(string id) => new(MembershipKind.User, id);
}
