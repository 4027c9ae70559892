using System.Security.Cryptography;
using CoPilot.ChatServer.Hosting;
using CoPilot.ChatServer.Redis;
using CoPilot.Realtime;
using CoPilot.Realtime.Redis;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Identity;

/// <summary>The one signing key of all nodes.</summary>
internal sealed class RedisSigningKey(RedisConnections redis, ChatKeys names, IOptions<AuthOptions> options) : IHostedService
{
    private const string Setting = "Auth:SigningKey";
    private const int KeyBytes = 32;

    private SigningKeys? _keys;

    public SigningKeys Keys => _keys ?? throw new InvalidOperationException("The signing key is read at start, before anything asks for it.");

    /// <summary>Outside Development: who reads the store must not be able to sign for everybody.</summary>
    public static IEnumerable<string> FindFault(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration[Setting])
            ? [$"{Setting}: it is needed with ConnectionStrings:Redis, the same on every node. {Secrets.Rule}"]
            : [];

    /// <exception cref="StartupException">None is configured, and Redis, where Development keeps one, does not answer or holds something else.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var text = options.Value.SigningKey ?? await ReadOrMakeAsync();
        _keys = Secrets.Parse(text) is { } secret
            ? new SigningKeys(secret)
            : throw new StartupException($"The signing key in Redis ({names.SigningKey}) is damaged. Remove it to have a new one made (everybody signs in again), or set {Setting}.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string> ReadOrMakeAsync()
    {
        try
        {
            // Of nodes that start together one makes it, and all read that one.
            await redis.ExecuteAsync("SET", names.SigningKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), "NX");
            return (string?)await redis.ExecuteAsync("GET", names.SigningKey) ?? "";
        }
        catch (StoreUnavailableException unavailable)
        {
            throw new StartupException(
                $"{Setting} is not set, and Redis, where Development keeps a signing key, does not answer. Start Redis, or set {Setting}.", unavailable);
        }
    }
}
