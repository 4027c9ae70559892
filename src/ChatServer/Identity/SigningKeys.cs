using System.Security.Cryptography;
using System.Text;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.ChatServer.Identity;

/// <summary>Keys derived from the one secret, a separate one for each purpose.</summary>
public sealed class SigningKeys
{
    private const int KeyBytes = 32;
    private const string FileName = "signing.key";

    public SigningKeys(byte[] secret)
    {
        Tokens = Derive(secret, "tokens");
        CustomerIds = Derive(secret, "customer-ids");
        CoPilot = Derive(secret, "co-pilot");
        PhoneNumbers = Derive(secret, "phone-numbers");
        ManageTokens = Derive(secret, "manage-tokens");
    }

    /// <summary>Signs our tokens.</summary>
    public byte[] Tokens { get; }

    /// <summary>Makes a verified customer's id from what the shop calls them.</summary>
    public byte[] CustomerIds { get; }

    /// <summary>Makes Co-Pilot's codes, and the hashes by which codes and tokens are recognised.</summary>
    public byte[] CoPilot { get; }

    /// <summary>Makes the hashes by which limits recognise telephone numbers, and the addresses that call-backs are asked for from.</summary>
    public byte[] PhoneNumbers { get; }

    /// <summary>Makes the tokens by which customers manage their call-backs.</summary>
    public byte[] ManageTokens { get; }

    /// <exception cref="StartupException">The kept key is damaged.</exception>
    public static SigningKeys Load(AuthOptions options, DataFolder folder)
    {
        var text = options.SigningKey
            ?? folder.ReadOrCreateSecret(FileName, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        return Secrets.Parse(text) is { } secret
            ? new SigningKeys(secret)
            : throw new StartupException(
                $"The signing key {System.IO.Path.Combine(folder.Path, FileName)} is damaged. Restore it from a backup, or remove it to have a new one made (everybody signs in again).");
    }

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, info: Encoding.ASCII.GetBytes("copilot:" + purpose));
}
