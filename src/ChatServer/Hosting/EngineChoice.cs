namespace CoPilot.ChatServer.Hosting;

/// <summary>The one place that asks which engine this is. Each consists of the same ports, implemented beside them in the features' folders.</summary>
internal static class EngineChoice
{
    public static void AddEngine(this WebApplicationBuilder builder)
    {
        if (IsRedis(builder.Configuration))
        {
            builder.Services.AddRedisEngine(builder.Environment);
        }
        else
        {
            builder.Services.AddEmbeddedEngine();
        }

        builder.Services.AddConfigurationCheck(provider => LaterEngines(provider.GetRequiredService<IConfiguration>()));
    }

    /// <summary>For commands that work beside running servers.</summary>
    public static void AddEngineForAccounts(this WebApplicationBuilder builder)
    {
        if (IsRedis(builder.Configuration))
        {
            builder.Services.AddRedisForAccounts();
        }
        else
        {
            builder.Services.AddEmbeddedForAccounts();
        }
    }

    /// <summary>As above.</summary>
    public static void AddEngineForSessions(this WebApplicationBuilder builder)
    {
        if (IsRedis(builder.Configuration))
        {
            builder.Services.AddRedisForSessions();
        }
        else
        {
            builder.Services.AddEmbeddedForSessions();
        }
    }

    /// <summary>As above.</summary>
    public static void AddEngineForSupervision(this WebApplicationBuilder builder)
    {
        if (IsRedis(builder.Configuration))
        {
            builder.Services.AddRedisForSupervision();
        }
        else
        {
            builder.Services.AddEmbeddedForSupervision();
        }
    }

    private static bool IsRedis(IConfiguration configuration) => !string.IsNullOrEmpty(configuration.GetConnectionString("Redis"));

    private static IEnumerable<string> LaterEngines(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration.GetConnectionString("History"))
            ? []
            : ["ConnectionStrings:History: not supported yet; closed conversations stay where the open ones are."];
}
