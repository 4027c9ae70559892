using CoPilot.ChatServer.Callbacks;
using CoPilot.ChatServer.Conversations;
using CoPilot.ChatServer.Identity;
using CoPilot.ChatServer.Routing;
using CoPilot.ChatServer.Sqlite;
using CoPilot.ChatServer.Supervision;
using CoPilot.CoBrowse.Hosting;
using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

internal static class EmbeddedEngineServices
{
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services) =>
        services.AddDatabase(folder: DataFolder.OpenExclusively)
            .AddSqliteAccounts()
            .AddKeptSigningKey()
            .AddSqliteConversations()
            .AddSqliteRouting()
            .AddSqliteCallbacks()
            .AddSqliteSupervision()
            .AddSqliteCoBrowse(provider => provider.GetRequiredService<DataFolder>().CoBrowseFile);

    public static IServiceCollection AddEmbeddedForAccounts(this IServiceCollection services) =>
        services.AddDatabase(folder: DataFolder.OpenShared).AddSqliteAccounts();

    public static IServiceCollection AddEmbeddedForSupervision(this IServiceCollection services) =>
        services.AddDatabase(folder: DataFolder.OpenShared).AddSqliteSupervision();

    public static IServiceCollection AddEmbeddedForSessions(this IServiceCollection services) =>
        services.AddDatabase(folder: DataFolder.OpenShared).AddSqliteCoBrowse(provider => provider.GetRequiredService<DataFolder>().CoBrowseFile);

    private static IServiceCollection AddDatabase(this IServiceCollection services, Func<string, DataFolder> folder)
    {
        services.AddSingleton<IEngine, EmbeddedEngine>();
        services.AddSingleton(provider => folder(PathOf(provider)));
        services.AddSingleton<SqliteMetrics>();
        services.AddSingleton(provider => OpenDatabase(provider.GetRequiredService<DataFolder>(), provider));
        return services;
    }

    /// <exception cref="StartupException">The file cannot be opened, or is from a newer version.</exception>
    private static SqliteDatabase OpenDatabase(DataFolder folder, IServiceProvider provider)
    {
        try
        {
            return ChatDatabase.Open(
                folder.DatabaseFile, provider.GetRequiredService<ILogger<SqliteDatabase>>(), provider.GetRequiredService<SqliteMetrics>());
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            throw new StartupException($"The database {folder.DatabaseFile} cannot be opened: {error.Message}", error);
        }
    }

    private static string PathOf(IServiceProvider provider) => Path.GetFullPath(
        provider.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder,
        provider.GetRequiredService<IHostEnvironment>().ContentRootPath);
}
