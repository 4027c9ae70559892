using System.Globalization;
using CoPilot.LoadRunner.CommandLine;

namespace CoPilot.LoadRunner.Scenarios;

/// <summary>A scenario's options by name, and what was asked of them: an option that nobody asked for is unknown, and reports print what was in force.</summary>
internal sealed class ScenarioOptions
{
    private readonly SortedDictionary<string, string> _inForce;
    private readonly IReadOnlyDictionary<string, string> _otherwise;

    public ScenarioOptions(IReadOnlyDictionary<string, string> given)
        : this(given, new SortedDictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>())
    {
    }

    private ScenarioOptions(IReadOnlyDictionary<string, string> given, SortedDictionary<string, string> inForce, IReadOnlyDictionary<string, string> otherwise) =>
        (Given, _inForce, _otherwise) = (given, inForce, otherwise);

    public static ScenarioOptions None => new(new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Given { get; }

    /// <summary>All that were asked for, with their values, whether given or not.</summary>
    public IReadOnlyDictionary<string, string> InForce => _inForce;

    public IEnumerable<string> Unknown => Given.Keys.Where(name => !_inForce.ContainsKey(name)).Order(StringComparer.Ordinal);

    /// <summary>For a scenario that is made of another: the same options, with other values where nothing was given.</summary>
    public ScenarioOptions Otherwise(IReadOnlyDictionary<string, string> values) => new(Given, _inForce, values);

    public string Text(string name, string otherwise) => Read(name, otherwise, text => text, text => text);

    /// <exception cref="UsageException">It is none, as with all of these.</exception>
    public double Number(string name, double otherwise) => Read(
        name,
        otherwise,
        value => value.ToString(CultureInfo.InvariantCulture),
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
            ? value
            : throw new UsageException($"--{name} is a number from 0, not \"{text}\"."));

    public int Count(string name, int otherwise) => Read(
        name,
        otherwise,
        value => value.ToString(CultureInfo.InvariantCulture),
        text => int.TryParse(text, NumberStyles.None | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UsageException($"--{name} is a whole number from 0, not \"{text}\"."));

    public int CountFrom(int least, string name, int otherwise) =>
        Count(name, otherwise) is var count && count >= least ? count : throw new UsageException($"--{name} is at least {least}.");

    public double NumberAbove(double least, string name, double otherwise) =>
        Number(name, otherwise) is var number && number > least ? number : throw new UsageException($"--{name} is more than {least}.");

    /// <summary>Such as <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>; a number alone is seconds.</summary>
    public TimeSpan Time(string name, TimeSpan otherwise) => Read(name, otherwise, TimeText.Write, text => TimeText.TryRead(text) ?? throw new UsageException(
        $"--{name} is a time such as 500ms, 30s, 5m or 2h, not \"{text}\"."));

    /// <summary>Given without a value, or with <c>yes</c> or <c>no</c>.</summary>
    public bool Flag(string name, bool otherwise = false) => Read(name, otherwise, value => value ? "yes" : "no", text => text switch
    {
        "" or "yes" or "true" => true,
        "no" or "false" => false,
        _ => throw new UsageException($"--{name} is yes or no, not \"{text}\"."),
    });

    private T Read<T>(string name, T otherwise, Func<T, string> write, Func<string, T> read)
    {
        var value = Given.TryGetValue(name, out var text) || _otherwise.TryGetValue(name, out text) ? read(text) : otherwise;
        _inForce[name] = write(value);
        return value;
    }
}
