using System.Diagnostics.CodeAnalysis;

namespace CoPilot.ChatServer.Hosting;

/// <summary>A command line, sorted.</summary>
/// <param name="Options">The command's own, given as <c>--name N</c> or <c>--name=N</c>; of one given twice, the last.</param>
/// <param name="Settings">Any other <c>--Key=value</c>: the server's configuration.</param>
internal sealed record CommandWords(string[] Words, IReadOnlyDictionary<string, string> Options, string[] Settings)
{
    public static bool TryParse(
        string[] arguments, string[] known, [NotNullWhen(true)] out CommandWords? parsed, [NotNullWhen(false)] out string? fault)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new List<string>();
        fault = Sort(arguments, known, words, options, settings);
        parsed = fault is null ? new CommandWords([.. words], options, [.. settings]) : null;
        return parsed is not null;
    }

    private static string? Sort(string[] arguments, string[] known, List<string> words, Dictionary<string, string> options, List<string> settings)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var (option, value) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            if (known.Contains(option))
            {
                value ??= i + 1 < arguments.Length ? arguments[++i] : null;
                if (value is null)
                {
                    return $"{option} needs a value.";
                }

                options[option] = value;
            }
            else if (option.StartsWith("--", StringComparison.Ordinal))
            {
                if (value is null)
                {
                    return $"Not understood: {option}";
                }

                settings.Add(arguments[i]);
            }
            else
            {
                words.Add(arguments[i]);
            }
        }

        return null;
    }
}
