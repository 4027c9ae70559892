using CoPilot.LoadRunner.CommandLine;

namespace CoPilot.LoadRunner.Systems;

/// <summary>How <c>--redis</c> says it.</summary>
internal static class RedisWords
{
    private static readonly (string Word, RedisDurability Durability)[] All =
        [("memory", RedisDurability.None), ("everysec", RedisDurability.EverySecond), ("always", RedisDurability.Always)];

    public static string Of(RedisDurability durability) => Array.Find(All, each => each.Durability == durability).Word;

    /// <exception cref="UsageException">It is none of them.</exception>
    public static RedisDurability Read(string word) => Array.Find(All, each => each.Word == word) is { Word: not null } found
        ? found.Durability
        : throw new UsageException($"--redis is {string.Join(", ", All.Select(each => each.Word))}, not \"{word}\".");
}
