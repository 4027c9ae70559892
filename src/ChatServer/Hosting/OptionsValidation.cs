using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Hosting;

/// <summary>
/// Checks the annotations of an options class and of what it contains, and asks <see cref="IValidatableObject"/> for the rules
/// between settings. Every fault names its setting as the operator writes it.
/// </summary>
internal sealed class OptionsValidation<T>(string path) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var faults = new List<string>();
        Collect(options, path, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Collect(object options, string path, List<string> faults)
    {
        if (options is IDictionary entries)
        {
            foreach (DictionaryEntry entry in entries)
            {
                CollectInside(entry.Value, Join(path, (string)entry.Key), faults);
            }

            return;
        }

        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            var results = new List<ValidationResult>();
            Validator.TryValidateProperty(value, new ValidationContext(options) { MemberName = property.Name }, results);
            faults.AddRange(results.Select(result => $"{Join(path, property.Name)}: {result.ErrorMessage}"));
            CollectInside(value, Join(path, property.Name), faults);
        }

        if (options is IValidatableObject validatable)
        {
            faults.AddRange(validatable.Validate(new ValidationContext(options))
                .Select(result => $"{Join(path, result.MemberNames.FirstOrDefault() ?? "")}: {result.ErrorMessage}"));
        }
    }

    private static void CollectInside(object? value, string path, List<string> faults)
    {
        if (value is IDictionary || value?.GetType().Assembly == typeof(T).Assembly)
        {
            Collect(value, path, faults);
        }
    }

    private static string Join(string path, string name) => (path, name) switch
    {
        ("", _) => name,
        (_, "") => path,
        _ => $"{path}:{name}",
    };
}
