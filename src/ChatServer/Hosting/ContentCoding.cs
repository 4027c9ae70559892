using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CoPilot.ChatServer.Hosting;

/// <summary>A form in which the build put a file for browsers beside the file itself.</summary>
/// <param name="Name">In Content-Encoding.</param>
/// <param name="Extension">After the file's own.</param>
internal sealed record ContentCoding(string Name, string Extension)
{
    /// <summary>The smallest first: of what a browser takes equally gladly, the first is sent.</summary>
    public static readonly IReadOnlyList<ContentCoding> All = [new("br", ".br"), new("gzip", ".gz")];

    private const string Identity = "identity";
    private const string AnyOther = "*";

    /// <summary>As RFC 9110, section 12.5.3, weighs them; null for the file itself, which goes to whoever takes nothing of what is there.</summary>
    /// <param name="accepted">The request's Accept-Encoding.</param>
    public static ContentCoding? Choose(StringValues accepted, Func<ContentCoding, bool> isThere)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var weights))
        {
            return null;
        }

        ContentCoding? best = null;
        var most = 0d;
        foreach (var coding in All)
        {
            var weight = WeightOf(coding.Name, weights) ?? WeightOf(AnyOther, weights) ?? 0;
            if (weight > most && isThere(coding))
            {
                (best, most) = (coding, weight);
            }
        }

        return most >= (WeightOf(Identity, weights) ?? 0) ? best : null;
    }

    private static double? WeightOf(string name, IList<StringWithQualityHeaderValue> weights)
    {
        foreach (var weight in weights)
        {
            if (weight.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return weight.Quality ?? 1;
            }
        }

        return null;
    }
}
