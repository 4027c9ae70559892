using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace CoPilot.ChatServer.Identity;

/// <summary>What is told by a password's hash as ASP.NET Core Identity writes it (version 3), which others have too: base64 of a head, salt and key.</summary>
internal readonly record struct PasswordHash(string Text, int Iterations)
{
    private const byte Version3 = 1;
    private const int HeadLength = 13;
    private const int LeastBytes = 16;

    /// <summary>Checking one must not keep a processor for minutes.</summary>
    private const int MostIterations = 10_000_000;

    /// <summary>Whether less work tries passwords against it than against the server's own.</summary>
    public bool IsWeak => Iterations < PasswordService.Iterations;

    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        var bytes = new byte[text.Length];
        hash = Convert.TryFromBase64String(text, bytes, out var length) && ReadIterations(bytes.AsSpan(0, length)) is { } iterations
            ? new PasswordHash(text, iterations)
            : null;
        return hash is not null;
    }

    private static int? ReadIterations(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadLength || bytes[0] != Version3)
        {
            return null;
        }

        var function = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var salt = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        var isComplete = salt >= LeastBytes && bytes.Length - HeadLength - salt >= LeastBytes;
        // Of the functions, 0 is HMAC-SHA1, which nobody should bring along.
        return function is 1 or 2 && iterations is >= 1 and <= MostIterations && isComplete ? (int)iterations : null;
    }
}
