namespace CoPilot.LoadRunner.CommandLine;

/// <summary>Words of the command line as options: <c>--name value</c>, <c>--name=value</c>, or <c>--name</c> alone.</summary>
internal static class OptionWords
{
    private const string Mark = "--";

    /// <exception cref="UsageException">They are no options, or one is there twice.</exception>
    public static Dictionary<string, string> Read(IReadOnlyList<string> words)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            if (!word.StartsWith(Mark, StringComparison.Ordinal) || word.Length == Mark.Length)
            {
                throw new UsageException($"\"{word}\" is no option: they are written --name value.");
            }

            var parts = word[Mark.Length..].Split('=', 2);
            var hasNext = index + 1 < words.Count && !words[index + 1].StartsWith(Mark, StringComparison.Ordinal);
            var value = parts.Length == 2 ? parts[1] : hasNext ? words[++index] : "";
            if (!options.TryAdd(parts[0], value))
            {
                throw new UsageException($"--{parts[0]} is there twice.");
            }
        }

        return options;
    }
}
