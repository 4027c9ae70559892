namespace CoPilot.ChatServer.Hosting;

/// <summary>Keys as operators write them.</summary>
public static class Secrets
{
    public const string Rule = "It must be base64 of at least 32 bytes, as `openssl rand -base64 32` makes.";

    /// <summary>An HS256 key shorter than its hash weakens it.</summary>
    private const int MinimumBytes = 32;

    /// <summary>Null when it breaks <see cref="Rule"/>.</summary>
    public static byte[]? Parse(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= MinimumBytes ? bytes[..length] : null;
    }
}
