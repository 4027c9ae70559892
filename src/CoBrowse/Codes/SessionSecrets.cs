using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.CoBrowse.Codes;

/// <summary>
/// Codes, tokens and their keyed hashes. Thread-safe. Without the key nobody makes or recognises any of them: not from the store, and not from the ids, which are no
/// secrets. A code is not kept but made again from its session's id, so that a repeated call and an invitation can show it.
/// </summary>
/// <param name="key">Of this purpose alone; asked for at the first use.</param>
public sealed class SessionSecrets(Func<byte[]> key)
{
    private const int TokenBytes = 32;

    private const int IdBytes = 16;

    private readonly Lazy<byte[]> _key = new(key);

    public static string NewSessionId() => "s_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    public static bool AreEqual(string? hash, string? other) =>
        hash is not null && other is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));

    /// <param name="attempt">Another one gives another code.</param>
    public CoPilotCode CodeOf(string sessionId, int attempt)
    {
        var block = 0;
        return CoPilotCode.Make(bytes => Mac("code", sessionId, $"{attempt}", $"{block++}").CopyTo(bytes));
    }

    public string HashFinder(string siteId, string finder) => Hash("finder", siteId, finder);

    public string HashProof(string siteId, string sessionId, string proof) => Hash("proof", siteId, sessionId, proof);

    public string HashToken(string siteId, string sessionId, string token) => Hash("token", siteId, sessionId, token);

    /// <summary>Throttles need to recognise an address, not to know it.</summary>
    public string HashAddress(string address) => Hash("address", address);

    private string Hash(params ReadOnlySpan<string> parts) => Base64Url.EncodeToString(Mac(parts));

    /// <summary>Each part with its length in front, so that no two lists of parts read alike.</summary>
    private byte[] Mac(params ReadOnlySpan<string> parts)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key.Value);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            mac.AppendData(Encoding.ASCII.GetBytes($"{bytes.Length}:"));
            mac.AppendData(bytes);
        }

        return mac.GetHashAndReset();
    }
}
