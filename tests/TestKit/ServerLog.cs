using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace CoPilot.TestKit;

/// <summary>What a server process wrote. <see cref="Check"/> fails on warnings that nobody announced and on secrets. Thread-safe.</summary>
public sealed partial class ServerLog
{
    private const int ShortestSecret = 10;

    /// <summary>The dash of a Co-Pilot code stands behind so many characters.</summary>
    private const int FinderLength = 3;

    /// <summary>Digits of a telephone number behind country code or trunk prefix, which is how much of it the log could not have by chance.</summary>
    private const int NumberLength = 9;

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Text, int Most)> _expected = [];
    private readonly List<(string Text, StringComparison How)> _secrets = [];

    /// <summary>A warning or error that contains this text is no failure, as long as there are no more of them than that. Said twice, it allows twice as many.</summary>
    public void Expect(string text, int most = int.MaxValue)
    {
        lock (_gate)
        {
            _expected.Add((text, most));
        }
    }

    /// <summary>This text, such as what a customer wrote, must not stand in the log. Words too short to be told from the log's own are not looked for.</summary>
    public void MustNotContain(string secret)
    {
        if (secret.Length >= ShortestSecret)
        {
            lock (_gate)
            {
                _secrets.Add((secret, StringComparison.Ordinal));
            }
        }
    }

    /// <summary>A Co-Pilot code must not stand in the log as it is shown, as it is kept, or as somebody typed it.</summary>
    public void MustNotContainCode(string code)
    {
        var characters = code.Replace("-", "", StringComparison.Ordinal);
        lock (_gate)
        {
            _secrets.Add((characters, StringComparison.OrdinalIgnoreCase));
            _secrets.Add((characters.Insert(FinderLength, "-"), StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>A telephone number must not stand in the log, with its country code or without. One that is shorter is none.</summary>
    public void MustNotContainNumber(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        if (digits.Length < NumberLength)
        {
            return;
        }

        lock (_gate)
        {
            _secrets.Add((digits[^NumberLength..], StringComparison.Ordinal));
        }
    }

    public string Text
    {
        get
        {
            lock (_gate)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public void Check()
    {
        lock (_gate)
        {
            var warnings = _lines.Where(IsWarning).ToList();
            var unexpected = warnings.Where(line => !_expected.Any(expected => line.Contains(expected.Text, StringComparison.Ordinal)));
            Assert.True(!unexpected.Any(), "The server logged, and nobody expected it:\n" + string.Join('\n', unexpected));
            foreach (var (text, most) in _expected.GroupBy(expected => expected.Text, (text, same) => (text, same.Sum(expected => (long)expected.Most))))
            {
                var found = warnings.Where(line => line.Contains(text, StringComparison.Ordinal)).ToList();
                Assert.True(found.Count <= most, $"{found.Count} warnings with \"{text}\", and {most} at most were expected:\n" + string.Join('\n', found));
            }

            var secrets = _lines.Where(line => SecretLooking().IsMatch(line) || _secrets.Exists(secret => line.Contains(secret.Text, secret.How)));
            Assert.True(!secrets.Any(), "The server logged a secret:\n" + string.Join('\n', secrets));
        }
    }

    internal void Add(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
        }
    }

    /// <summary>The server is started with JSON lines for its log; whatever else it writes on its error stream starts with <see cref="ErrorStream"/>.</summary>
    private static bool IsWarning(string line)
    {
        if (!line.StartsWith('{'))
        {
            return line.StartsWith(ErrorStream, StringComparison.Ordinal);
        }

        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty("LogLevel", out var level) && level.GetString() is "Warning" or "Error" or "Critical";
    }

    internal const string ErrorStream = "stderr: ";

    /// <summary>A JSON Web Token, whether whole or a good part of it, or a token in an address.</summary>
    [GeneratedRegex(@"eyJ[\w-]{10,}|access_token=[^&\s""]")]
    private static partial Regex SecretLooking();
}
