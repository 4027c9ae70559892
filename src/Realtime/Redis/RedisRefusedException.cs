namespace CoPilot.Realtime.Redis;

/// <summary>Redis is there and does not let this process in, which waiting does not mend: the password is wrong or missing, or its certificate is not trusted.</summary>
public sealed class RedisRefusedException(string message) : Exception(message);
