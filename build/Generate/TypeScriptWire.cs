using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CoPilot.Contracts;
using CoPilot.Contracts.Chat;
using CoPilot.Contracts.CoBrowse;

namespace CoPilot.Generate;

/// <summary>Writes the wire's records, words, limits and hub calls as TypeScript, from the C# that is their one source.</summary>
public static class TypeScriptWire
{
    public const string Path = "src/Contracts/client/src/wire.ts";

    private static readonly Type[] Words =
    [
        typeof(AgentStatuses), typeof(Audiences), typeof(CallOutcomes), typeof(CallStates), typeof(Channels), typeof(ContactKinds), typeof(ContactStates),
        typeof(EntryKinds), typeof(ErrorCodes), typeof(EventCodes), typeof(Limits), typeof(Reasons), typeof(Roles),
        typeof(SessionEndReasons), typeof(SessionStates),
    ];

    public static string Generate()
    {
        var text = new StringBuilder();
        text.Append("// Generated from src/Contracts by `dotnet run --project build/Generate`; a test fails when it drifts. Do not edit.\n");
        foreach (var words in Words)
        {
            AppendWords(text, words);
        }

        foreach (var record in Records())
        {
            AppendRecord(text, record);
        }

        AppendCalls(text, "ChatHubCalls", typeof(IChatHub));
        AppendEvents(text, "ChatHubEvents", typeof(IChatClient));
        AppendCalls(text, "CoBrowseHubCalls", typeof(ICoBrowseHub));
        AppendEvents(text, "CoBrowseHubEvents", typeof(ICoBrowseClient));
        return text.ToString();
    }

    private static IEnumerable<Type> Records() =>
        typeof(WireJson).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type != typeof(WireJson))
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static void AppendWords(StringBuilder text, Type words)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nexport const {words.Name} = {{\n");
        foreach (var field in words.GetFields(BindingFlags.Public | BindingFlags.Static).OrderBy(field => field.MetadataToken))
        {
            var (name, value) = field.GetValue(null) switch
            {
                TimeSpan time => (field.Name + "Ms", time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)),
                int number => (field.Name, number.ToString(CultureInfo.InvariantCulture)),
                var word => (field.Name, $"'{word}'"),
            };
            text.Append(CultureInfo.InvariantCulture, $"  {Camel(name)}: {value},\n");
        }

        text.Append("} as const;\n");
    }

    private static void AppendRecord(StringBuilder text, Type record)
    {
        var nullability = new NullabilityInfoContext();
        var properties = record.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        if (properties.Length == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nexport type {record.Name} = Record<string, never>;\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\nexport interface {record.Name} {{\n");
        foreach (var property in properties)
        {
            var optional = nullability.Create(property).ReadState == NullabilityState.Nullable;
            var type = TypeName(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            text.Append(CultureInfo.InvariantCulture, $"  readonly {Camel(property.Name)}{(optional ? "?" : "")}: {type}{(optional ? " | undefined" : "")};\n");
        }

        text.Append("}\n");
    }

    private static void AppendCalls(StringBuilder text, string name, Type hub)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nexport interface {name} {{\n");
        foreach (var method in hub.GetInterfaces().Append(hub).SelectMany(type => type.GetMethods()))
        {
            var request = method.GetParameters().Single().ParameterType.Name;
            text.Append(CultureInfo.InvariantCulture, $"  {method.Name}: {{ request: {request}; result: {method.ReturnType.GetGenericArguments()[0].Name} }};\n");
        }

        text.Append("}\n");
    }

    private static void AppendEvents(StringBuilder text, string name, Type client)
    {
        text.Append(CultureInfo.InvariantCulture, $"\nexport interface {name} {{\n");
        foreach (var method in client.GetInterfaces().Append(client).SelectMany(type => type.GetMethods()))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {method.Name}: {method.GetParameters().Single().ParameterType.Name};\n");
        }

        text.Append("}\n");
    }

    private static string TypeName(Type type)
    {
        if (type.IsGenericType && type != typeof(ReadOnlyMemory<byte>))
        {
            var arguments = type.GetGenericArguments();
            return type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                ? $"readonly {TypeName(arguments[0])}[]"
                : $"Readonly<Record<string, {TypeName(arguments[1])}>>";
        }

        return type switch
        {
            // Bytes are base64 in JSON.
            _ when type == typeof(string) || type == typeof(DateTimeOffset) || type == typeof(ReadOnlyMemory<byte>) => "string",
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(int) || type == typeof(long) || type == typeof(double) => "number",
            _ => type.Name,
        };
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
