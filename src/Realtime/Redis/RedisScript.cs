using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CoPilot.Realtime.Redis;

/// <summary>A Lua script and its hash. It may be a function of a <see cref="RedisLibrary"/> as well, and then does the same in either way. Immutable.</summary>
public sealed class RedisScript
{
    internal RedisScript(string name, string text, RedisLibrary? library = null, string? function = null)
    {
        Name = name;
        Text = text;
        Library = library;
#pragma warning disable CA5350 // Redis names scripts by SHA-1; it is no protection here.
        Hash = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
        CalledAs = Encoding.ASCII.GetBytes(function ?? Convert.ToHexStringLower(Hash));
    }

    /// <summary>For logs and metrics: the file's name without <c>.lua</c>.</summary>
    public string Name { get; }

    public string Text { get; }

    public byte[] Hash { get; }

    /// <summary>The function's name, or else the hash as Redis is told it.</summary>
    internal byte[] CalledAs { get; }

    /// <summary>Whose function it is; null for a script alone.</summary>
    internal RedisLibrary? Library { get; }

    /// <summary>
    /// The embedded file <c>Lua/NAME.lua</c>, after those it builds on, in their order: Redis has no <c>require</c>, so a library's <c>local function</c>s are
    /// part of every script that uses it.
    /// </summary>
    public static RedisScript Load(Assembly assembly, string name, params string[] libraries) =>
        new(name, string.Join('\n', [.. libraries.Select(library => Read(assembly, library)), Read(assembly, name)]));

    internal static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream($"Lua/{name}.lua")
            ?? throw new ArgumentException($"No script 'Lua/{name}.lua' is embedded in {assembly.GetName().Name}.", nameof(name));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
