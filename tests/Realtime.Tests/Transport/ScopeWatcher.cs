using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CoPilot.Realtime.Tests.Transport;

/// <summary>Collects the scopes of lines with one text, as an operator's log shows them.</summary>
internal sealed class ScopeWatcher(string text) : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _scopes = new();
    private IExternalScopeProvider _provider = new LoggerExternalScopeProvider();

    /// <summary>All scopes of each line.</summary>
    public IReadOnlyCollection<string> Scopes => _scopes;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _provider = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        // It has nothing of its own.
    }

    private sealed class Logger(ScopeWatcher watcher) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception) == watcher.Text)
            {
                var scopes = new List<object?>();
                watcher._provider.ForEachScope((scope, all) => all.Add(scope), scopes);
                watcher._scopes.Enqueue(string.Join(' ', scopes));
            }
        }
    }

    private string Text => text;
}
