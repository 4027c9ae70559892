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
        return services.AddConfigurationCheck(provider => FaultsOf(() => _ = provider.GetRequiredService<IOptions<T>>().Value));
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

    private static IEnumerable<string> FaultsOf(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (InvalidOperationException unreadable)
        {
            // The binder's: a value of the wrong type, which the inner one names, or a name that no option has.
            return [(unreadable.InnerException ?? unreadable).Message];
        }
    }

    private sealed record ConfigurationCheck(Func<IServiceProvider, IEnumerable<string>> Find);
}
