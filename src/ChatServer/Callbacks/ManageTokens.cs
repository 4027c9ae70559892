using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Tokens by which whoever asked for a call-back looks at it, moves it and cancels it from another device: <c>base64url(contactId).base64url(HMAC-SHA256)</c>.
/// They are kept nowhere and have no end of their own; whether the call-back is still open is for who uses them to check. Thread-safe.
/// </summary>
/// <param name="key">Of this purpose alone; asked for at the first use.</param>
internal sealed class ManageTokens(Func<byte[]> key)
{
    private readonly Lazy<byte[]> _key = new(key);

    /// <summary>Of another site's call-back of the same id it is another one.</summary>
    public string Of(string siteId, string contactId)
    {
        // A site's name has no line break, so no two of them read alike.
        var signature = HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{siteId}\n{contactId}"));
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(contactId))}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The contact that the token is for; null when it is none of the site's tokens.</summary>
    public string? Read(string siteId, string token)
    {
        var encoded = token.AsSpan(0, Math.Max(0, token.IndexOf('.', StringComparison.Ordinal)));
        if (encoded.IsEmpty || !Base64Url.IsValid(encoded))
        {
            return null;
        }

        var contactId = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
        var isOurs = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(Of(siteId, contactId)));
        return isOurs ? contactId : null;
    }
}
