using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.ChatServer.Identity;

/// <summary>Ids of people: opaque, and nobody guesses one.</summary>
public static class IdentityIds
{
    private const int Bytes = 16;

    public static string NewCustomer() => "c_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string NewAgent() => "a_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The same for the same site and subject on every node and for ever; without the key it neither reveals nor can be made from the subject.</summary>
    public static string OfVerified(byte[] key, string siteId, string subject) =>
        "c_" + Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{siteId}\n{subject}")).AsSpan(0, Bytes));
}
