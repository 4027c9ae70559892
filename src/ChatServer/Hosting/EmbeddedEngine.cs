using CoPilot.ChatServer.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>The engine that needs nothing installed: SQLite in the data folder.</summary>
internal static class EmbeddedEngine
{
    private static readonly string[] LaterEngines = ["Redis", "History"];

    /// <param name="exclusively">For a server; a command works beside one.</param>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, bool exclusively = true)
    {
        services.AddSingleton(provider => exclusively ? DataFolder.OpenExclusively(PathOf(provider)) : DataFolder.OpenShared(PathOf(provider)));
        services.AddSingleton<SqliteMetrics>();
        services.AddSingleton(provider => OpenDatabase(provider.GetRequiredService<DataFolder>(), provider));
        return services.AddConfigurationCheck(provider => OtherEngines(provider.GetRequiredService<IConfiguration>()));
    }

    /// <exception cref="StartupException">The file cannot be opened, or is from a newer version.</exception>
    public static SqliteDatabase OpenDatabase(DataFolder folder, IServiceProvider provider)
    {
        try
        {
            return SqliteDatabase.Open(
                folder.DatabaseFile, provider.GetRequiredService<ILogger<SqliteDatabase>>(), provider.GetRequiredService<SqliteMetrics>());
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            throw new StartupException($"The database {folder.DatabaseFile} cannot be opened: {error.Message}", error);
        }
    }

    public static string PathOf(IServiceProvider provider) => Path.GetFullPath(
        provider.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder,
        provider.GetRequiredService<IHostEnvironment>().ContentRootPath);

    private static IEnumerable<string> OtherEngines(IConfiguration configuration) =>
        LaterEngines
            .Where(name => !string.IsNullOrEmpty(configuration.GetConnectionString(name)))
            .Select(name => $"ConnectionStrings:{name}: not supported yet; this version keeps everything in the data folder.");
}
