using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CoPilot.Realtime.Connections;

namespace CoPilot.ChatServer.Callbacks;

/// <summary>
/// Keyed hashes by which limits recognise numbers and addresses without knowing them; without the key nobody finds the number by trying all there are. Thread-safe.
/// </summary>
/// <param name="key">Of this purpose alone; asked for at the first use.</param>
internal sealed class CallbackHashes(Func<byte[]> key)
{
    private readonly Lazy<byte[]> _key = new(key);

    /// <summary>Of another site's it is another one.</summary>
    public string OfNumber(string siteId, PhoneNumber number) => Hash($"number:{siteId}:{number.ToE164()}");

    /// <inheritdoc cref="OfNumber"/>
    public string OfAddress(string siteId, IPAddress? address) => Hash($"address:{siteId}:{ClientNetwork.Of(address)}");

    /// <summary>No two texts read alike: a site's name has no colon.</summary>
    private string Hash(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(text)));
}
