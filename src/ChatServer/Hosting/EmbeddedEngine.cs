using CoPilot.ChatServer.Identity;
using CoPilot.CoBrowse.Hosting;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The engine that needs nothing installed: SQLite in the data folder.</summary>
internal sealed class EmbeddedEngine(IServiceProvider services) : IEngine
{
    private readonly Lazy<DataFolder> _folder = new(services.GetRequiredService<DataFolder>);
    private readonly Lazy<SqliteDatabase> _database = new(services.GetRequiredService<SqliteDatabase>);

    public string DataFolder => _folder.Value.Path;

    public bool Blocks => true;

    public Task OpenAsync(CancellationToken cancellationToken = default)
    {
        // In this order: the folder before what is in it. A command has no signing key, and may have no Co-Pilot.
        _ = _folder.Value;
        _ = _database.Value;
        _ = services.GetService<SigningKeys>();
        OpenCoBrowse();
        return Task.CompletedTask;
    }

    public Task<string?> FindTroubleAsync() => Task.FromResult(Answers() ? null : "the store does not answer");

    private void OpenCoBrowse()
    {
        try
        {
            services.GetService<ICoBrowseEngine>()?.Open();
        }
        catch (InvalidOperationException unusable)
        {
            throw new StartupException(unusable.Message, unusable);
        }
    }

    private bool Answers()
    {
        try
        {
            return _database.Value.Read(session => session.Scalar("SELECT 1")) is not null;
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            return false;
        }
    }
}
