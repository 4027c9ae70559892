using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.Realtime.Redis;

/// <summary>
/// Scripts that Redis keeps set up, as functions of one library: what they share is run when the library is loaded, and not before each of them. Immutable.
/// <para>Redis keeps libraries with its data and hands them to replicas. Library and functions bear a hash of their text in their names, so that nodes of several versions
/// can use one Redis; what a version loaded that nobody runs any more stays until it is removed by hand.</para>
/// </summary>
public sealed class RedisLibrary
{
    private const int HashLength = 12;

    private readonly Dictionary<string, RedisScript> _functions = new(StringComparer.Ordinal);

    private RedisLibrary(string name, string shared, IReadOnlyList<(string Name, string Body)> functions)
    {
        var hash = HashOf([shared, .. functions.Select(function => $"{function.Name}\n{function.Body}")]);
        var text = new StringBuilder($"#!lua name=copilot_{name}_{hash}\n{shared}");
        foreach (var (function, body) in functions)
        {
            var calledAs = $"{function}_{hash}";
            text.Append("\nredis.register_function('").Append(calledAs).Append("', ").Append(OnCall(body)).Append(')');

            // What is shared has keys and arguments of its own, by the same names.
            var alone = $"local keys, arguments = KEYS, ARGV\n{shared}\nreturn {OnCall(body)}(keys, arguments)";
            _functions.Add(function, new RedisScript(function, alone, this, calledAs));
        }

        Text = text.ToString();
    }

    /// <summary>As <c>FUNCTION LOAD</c> takes it.</summary>
    internal string Text { get; }

    public RedisScript this[string function] => _functions[function];

    /// <summary>
    /// Of the embedded files <c>Lua/NAME_*.lua</c>: each is the body of the function of its name, but for those that are shared, which stand once in front of all, in their
    /// order. They define <c>on_call(body)</c>, which makes what Redis calls with keys and arguments; what they keep in locals outlasts a call, and
    /// <c>on_call</c> begins anew what must not.
    /// </summary>
    public static RedisLibrary Load(Assembly assembly, string name, params string[] shared)
    {
        var functions = assembly.GetManifestResourceNames()
            .Where(file => file.StartsWith($"Lua/{name}_", StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Except(shared)
            .Order(StringComparer.Ordinal);
        return new RedisLibrary(
            name, string.Join('\n', shared.Select(file => RedisScript.Read(assembly, file))), [.. functions.Select(function => (function, RedisScript.Read(assembly, function)))]);
    }

    private static string OnCall(string body) => $"on_call(function()\n{body}\nend)";

    private static string HashOf(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))))[..HashLength];
}
