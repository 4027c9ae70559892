using System.Reflection;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// Options of one feature, bound to the section that the class names and checked at start. All features are checked before
/// anything else happens, so an operator sees every fault at once.
/// </summary>
public static class ConfiguredOptions
{
    /// <summary>Binds and checks <typeparamref name="T"/>, which carries a <see cref="ConfigurationSectionAttribute"/>.</summary>
    public static IServiceCollection AddConfigured<T>(this IServiceCollection services)
        where T : class
    {
        var path = typeof(T).GetCustomAttribute<ConfigurationSectionAttribute>()!.Path;
        services.AddOptions<T>().Configure<IConfiguration>((options, configuration) => Bind(options, configuration, path));
        services.AddSingleton<IValidateOptions<T>>(new OptionsValidation<T>(path));
        return services.AddConfigurationCheck(provider => FaultsOf<T>(provider, path));
    }

    /// <summary>Adds a check of its own: it answers the faults, each naming its setting.</summary>
    public static IServiceCollection AddConfigurationCheck(this IServiceCollection services, Func<IServiceProvider, IEnumerable<string>> check) =>
        services.AddSingleton(new ConfigurationCheck(check));

    /// <exception cref="StartupException">With every fault of every feature.</exception>
    public static void CheckConfiguration(this IServiceProvider provider)
    {
        var faults = provider.GetServices<ConfigurationCheck>().SelectMany(check => check.Find(provider)).ToList();
        if (faults.Count > 0)
        {
            throw new StartupException($"The configuration has faults:\n{string.Join('\n', faults.Select(fault => "  " + fault))}");
        }
    }

    private static void Bind(object options, IConfiguration configuration, string path)
    {
        if (path.Length == 0)
        {
            configuration.Bind(options);
        }
        else
        {
            // A misspelt name must not pass as "not set".
            configuration.GetSection(path).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
    }

    private static IEnumerable<string> FaultsOf<T>(IServiceProvider provider, string path)
        where T : class
    {
        try
        {
            _ = provider.GetRequiredService<IOptions<T>>().Value;
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (InvalidOperationException unreadable)
        {
            return [DescribeUnreadable(unreadable, path)];
        }
    }

    /// <summary>The binder wraps what it found, once for each level of the settings; the innermost of its own exceptions names it.</summary>
    private static string DescribeUnreadable(InvalidOperationException unreadable, string path)
    {
        while (unreadable.InnerException is InvalidOperationException inner)
        {
            unreadable = inner;
        }

        // The only one of its texts that speaks of our types instead of the operator's settings.
        return unreadable.Message.Contains("were not found on the instance", StringComparison.Ordinal)
            ? $"{path}: there is no setting of the name {unreadable.Message.Split(": ")[^1]}"
            : unreadable.Message;
    }

    private sealed record ConfigurationCheck(Func<IServiceProvider, IEnumerable<string>> Find);
}
