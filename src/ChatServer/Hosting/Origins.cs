using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CoPilot.ChatServer.Hosting;

/// <summary>Origins as browsers write them: scheme, host in lower case, and the port unless it is the scheme's own. International names are the ASCII form, as in headers.</summary>
public static class Origins
{
    /// <summary>Ends what an operator is told of an origin that is none.</summary>
    public const string InternationalNames = ", with an international name written as xn--";

    public static bool TryNormalize(string text, [NotNullWhen(true)] out string? origin)
    {
        origin = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            return false;
        }

        origin = uri.GetLeftPart(UriPartial.Authority);
        return Ascii.IsValid(origin);
    }

    public static string Normalize(string text) =>
        TryNormalize(text, out var origin) ? origin : throw new ArgumentException($"'{text}' is not an origin.", nameof(text));
}
