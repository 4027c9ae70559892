using CoPilot.Realtime;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// Agents' accounts. Thread-safe; each call is one atomic step, durable when it answers. E-mail addresses are compared without regard to case.
/// A store out of reach throws <see cref="StoreUnavailableException"/>.
/// </summary>
public interface IAccountStore
{
    /// <summary>Adds the account; false when the address is taken, whatever its state.</summary>
    async Task<bool> AddAsync(Account account, CancellationToken cancellationToken = default) =>
        await AddAllAsync([account], cancellationToken) is [];

    /// <summary>Adds them all; none when any address is taken or there twice. Answers those that are, so nothing when all were added.</summary>
    Task<IReadOnlyList<string>> AddAllAsync(IReadOnlyList<Account> accounts, CancellationToken cancellationToken = default);

    Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken = default);

    Task<Account?> FindAsync(string agentId, CancellationToken cancellationToken = default);

    /// <summary>By e-mail address.</summary>
    Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>False when there is no such account. A disabled account signs in no more; its tokens are refused from the next call on.</summary>
    Task<bool> DisableAsync(string email, CancellationToken cancellationToken = default);

    /// <summary>Counts a failed sign-in and answers the failures in a row; at <paramref name="limit"/> the account is locked until the moment given and the count starts anew.</summary>
    Task<int> RecordFailureAsync(string agentId, int limit, DateTimeOffset lockedUntil, CancellationToken cancellationToken = default);

    Task ClearFailuresAsync(string agentId, CancellationToken cancellationToken = default);
}
