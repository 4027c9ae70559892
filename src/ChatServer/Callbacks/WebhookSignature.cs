using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>What proves that a message between this server and a provider comes from the other, was not changed, and is fresh. Both directions are signed alike.</summary>
internal static class WebhookSignature
{
    public const string TimestampHeader = "X-CoPilot-Timestamp";

    public const string SignatureHeader = "X-CoPilot-Signature";

    /// <summary>A message whose timestamp is further than this from the receiver's clock, in either direction, is refused.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Names the algorithm, so that another can follow.</summary>
    private const string Scheme = "sha256=";

    private const int MaximumDigits = 12;

    /// <summary>Unix seconds.</summary>
    public static string TimestampOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Null for anything but digits.</summary>
    public static DateTimeOffset? ParseTimestamp(string text) =>
        text.Length <= MaximumDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static string Of(byte[] secret, string timestamp, ReadOnlySpan<byte> body) => Scheme + Convert.ToHexStringLower(Hash(secret, timestamp, body));

    /// <summary>Takes the same time wherever the two differ.</summary>
    public static bool Matches(string signature, byte[] secret, string timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return signature.StartsWith(Scheme, StringComparison.Ordinal)
            && Convert.FromHexString(signature.AsSpan(Scheme.Length), given, out _, out var length) == OperationStatus.Done
            && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, Hash(secret, timestamp, body));
    }

    private static long LastSecond { get; } = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Of the timestamp as it was sent, a dot, and the body's bytes.</summary>
    private static byte[] Hash(byte[] secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hash.AppendData("."u8);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
