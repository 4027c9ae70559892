using System.Globalization;

namespace CoPilot.WaitingLine;

/// <summary>What a run is like. Each may be given as <c>--name value</c>.</summary>
internal sealed record RunOptions
{
    /// <summary>How many stand in line before it is served.</summary>
    public int Waiting { get; private init; } = 10_000;

    /// <summary>Customers a second while the line fills.</summary>
    public double Fill { get; private init; } = 150;

    /// <summary>Customers a second while agents serve.</summary>
    public double Arrivals { get; private init; } = 20;

    public int Agents { get; private init; } = 25;

    /// <summary>How long a chat goes on after its last message.</summary>
    public TimeSpan Talk { get; private init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long the long line is served; the short one for half of it.</summary>
    public TimeSpan Serve { get; private init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long nothing happens in between.</summary>
    public TimeSpan Quiet { get; private init; } = TimeSpan.FromSeconds(25);

    /// <summary>One is the embedded engine; more share a Redis.</summary>
    public int Nodes { get; private init; } = 1;

    /// <exception cref="ArgumentException">There is no such option.</exception>
    /// <exception cref="FormatException">Its value is no number.</exception>
    public static RunOptions Parse(string[] words)
    {
        if (words.Length % 2 != 0)
        {
            throw new ArgumentException("Each option has one value.", nameof(words));
        }

        return words.Chunk(2).Aggregate(new RunOptions(), (options, pair) => options.With(pair[0], double.Parse(pair[1], CultureInfo.InvariantCulture)));
    }

    private RunOptions With(string name, double value) => name switch
    {
        "--waiting" => this with { Waiting = (int)value },
        "--fill" => this with { Fill = value },
        "--arrivals" => this with { Arrivals = value },
        "--agents" => this with { Agents = (int)value },
        "--talk-ms" => this with { Talk = TimeSpan.FromMilliseconds(value) },
        "--serve-s" => this with { Serve = TimeSpan.FromSeconds(value) },
        "--quiet-s" => this with { Quiet = TimeSpan.FromSeconds(value) },
        "--nodes" => this with { Nodes = (int)value },
        _ => throw new ArgumentException($"There is no option {name}.", nameof(name)),
    };
}
