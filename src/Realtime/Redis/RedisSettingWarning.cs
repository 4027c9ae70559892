namespace CoPilot.Realtime.Redis;

/// <param name="Name">The setting, by Redis' own name or by that in the connection string.</param>
/// <param name="Found">What it is now, and where if not everywhere.</param>
/// <param name="Recommended">What it should be.</param>
/// <param name="Consequence">What can be lost, or what could not be checked.</param>
public sealed record RedisSettingWarning(string Name, string Found, string Recommended, string Consequence);
