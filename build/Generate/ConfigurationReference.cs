using System.Globalization;
using System.Reflection;
using System.Text;
using CoPilot.ChatServer.Hosting;

namespace CoPilot.Generate;

/// <summary>Writes the reference of all settings from the options classes and their documentation comments.</summary>
public static class ConfigurationReference
{
    public const string Path = "docs/configuration.md";

    private const string Introduction = """
        # Configuration

        <!-- Generated from the options classes by `dotnet run --project build/Generate`; a test fails when it drifts. Do not edit. -->

        Settings come from `appsettings.json`, `appsettings.<environment>.json`, environment variables (`Sites__demo__Name`) and the command line
        (`--Sites:demo:Name=Demo`); the later one wins. Times are written `hh:mm:ss`. Everything is checked at start: all faults are shown at once and
        the server exits with code 1. Names in `<>` are yours to choose; a name that is no setting is a fault too.

        `ConnectionStrings:Redis` (`host:port,host:port,password=SECRET,ssl=true`) makes this server one of any number of nodes that share that Redis: nothing is kept in the data
        folder, and `Auth:SigningKey` must be set, the same on every node; see [redis.md](redis.md). `ConnectionStrings:History` is reserved; setting it is a fault until it does something.

        Behind a proxy set `PublicOrigins` to what browsers see and `Proxy:TrustedNetworks` to the proxy. Log levels are set under `Logging`, as in any ASP.NET Core
        application; lines that could contain a token are never written.
        """;

    public static string Generate()
    {
        var comments = new DocumentationComments(typeof(ServerOptions).Assembly);
        var text = new StringBuilder(Introduction).Append('\n');
        var sections = typeof(ServerOptions).Assembly.GetTypes()
            .Select(type => (Type: type, Section: type.GetCustomAttribute<ConfigurationSectionAttribute>()?.Path))
            .Where(options => options.Section is not null)
            .OrderBy(options => options.Section, StringComparer.Ordinal);
        foreach (var (type, section) in sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {(section!.Length == 0 ? "Server" : section)}\n\n{comments.Summary(type)}\n");
            text.Append("\n| setting | meaning | value |\n|---|---|---|\n");
            AppendSettings(text, comments, EntryType(type) ?? type, EntryType(type) is null ? section : $"{section}:<id>");
        }

        return text.ToString();
    }

    private static void AppendSettings(StringBuilder text, DocumentationComments comments, Type type, string path)
    {
        foreach (var property in type.GetProperties().Where(IsSetting))
        {
            var name = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {comments.Summary(property)} | {comments.Value(property)} |\n");
            if (EntryType(property.PropertyType) is { } entry && IsOptions(entry))
            {
                AppendSettings(text, comments, entry, name + ":<name>");
            }
            else if (ListedType(property.PropertyType) is { } listed)
            {
                AppendSettings(text, comments, listed, name + ":<n>");
            }
            else if (IsOptions(property.PropertyType))
            {
                AppendSettings(text, comments, property.PropertyType, name);
            }
        }
    }

    /// <summary>What the binder can fill: settable, or a collection that is there already.</summary>
    private static bool IsSetting(PropertyInfo property) =>
        property.DeclaringType!.Assembly == typeof(ServerOptions).Assembly
        && (property.CanWrite || EntryType(property.PropertyType) is not null
            || property.PropertyType == typeof(IList<string>) || ListedType(property.PropertyType) is not null);

    private static bool IsOptions(Type type) => type.Assembly == typeof(ServerOptions).Assembly && type.IsClass;

    /// <summary>What a list of options holds.</summary>
    private static Type? ListedType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) && IsOptions(type.GetGenericArguments()[0])
            ? type.GetGenericArguments()[0]
            : null;

    /// <summary>What a dictionary by name holds; null for what is no such dictionary.</summary>
    private static Type? EntryType(Type type) =>
        type.GetInterfaces().Append(type)
            .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            ?.GetGenericArguments()[1];
}
