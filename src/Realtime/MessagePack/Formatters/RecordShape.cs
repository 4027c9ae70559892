using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoPilot.Realtime.MessagePack.Formatters;

/// <summary>
/// What of a type goes over the wire, by the rules of System.Text.Json: public properties, camelCase or by <see cref="JsonPropertyNameAttribute"/>,
/// without those under <see cref="JsonIgnoreAttribute"/>; made by the constructor under <see cref="JsonConstructorAttribute"/>, the one without
/// parameters, or the only one, and then the setters.
/// </summary>
internal sealed class RecordShape
{
    public RecordShape(Type type)
    {
        Constructor = FindConstructor(type);
        CanBeMade = !type.IsAbstract && (Constructor is not null || type.IsValueType);
        Parameters = Constructor?.GetParameters() ?? [];
        Members = [.. FindProperties(type).Select(property => new RecordMember(property, FindParameter(property)))];
    }

    public ConstructorInfo? Constructor { get; }

    public bool CanBeMade { get; }

    public ParameterInfo[] Parameters { get; }

    public IReadOnlyList<RecordMember> Members { get; }

    private static ConstructorInfo? FindConstructor(Type type)
    {
        var constructors = type.GetConstructors();
        return Array.Find(constructors, constructor => constructor.IsDefined(typeof(JsonConstructorAttribute)))
            ?? Array.Find(constructors, constructor => constructor.GetParameters().Length == 0)
            ?? (constructors.Length == 1 ? constructors[0] : null);
    }

    private static IEnumerable<PropertyInfo> FindProperties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always })
            .GroupBy(property => property.Name)
            .Select(hiding => hiding.First(property => hiding.All(other => other.DeclaringType!.IsAssignableFrom(property.DeclaringType))));

    private ParameterInfo? FindParameter(PropertyInfo property) =>
        Array.Find(Parameters, parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase) && parameter.ParameterType == property.PropertyType);
}

/// <param name="Parameter">The constructor's parameter that takes it.</param>
internal sealed record RecordMember(PropertyInfo Property, ParameterInfo? Parameter)
{
    public string Name { get; } =
        Property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

    public Type Type => Property.PropertyType;

    public bool IsSet => Parameter is null && Property.SetMethod is { IsPublic: true };

    /// <summary>Null members are left out, as in JSON, unless they say that they never are.</summary>
    public bool MayBeAbsent { get; } =
        (!Property.PropertyType.IsValueType || Nullable.GetUnderlyingType(Property.PropertyType) is not null)
        && Property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Never };
}
