using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CoPilot.TestKit;

/// <summary>
/// Collects what is logged. Disposing it fails the test when a warning, error or critical line was logged that
/// <see cref="Expect"/> did not announce. Thread-safe.
/// </summary>
public sealed class LogWatcher : ILoggerProvider, ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private readonly ConcurrentBag<string> _expected = [];

    public IReadOnlyCollection<LogLine> Lines => _lines;

    /// <summary>A line that contains this text is no failure.</summary>
    public void Expect(string text) => _expected.Add(text);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public ILogger<T> For<T>() => new Logger<T>(this);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("A log watcher watches alone.");

    public void Dispose()
    {
        var unexpected = _lines
            .Where(line => line.Level >= LogLevel.Warning && !_expected.Any(text => line.Text.Contains(text, StringComparison.Ordinal)))
            .ToList();
        Assert.True(unexpected.Count == 0, "Logged but not expected:\n" + string.Join('\n', unexpected));
    }

    private sealed class Logger(LogWatcher watcher, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            watcher._lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception) + (exception is null ? "" : " " + exception)));
    }
}

public sealed record LogLine(LogLevel Level, string Category, string Text);
