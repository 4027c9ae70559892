using CoPilot.Contracts;
using CoPilot.Contracts.Http;

namespace CoPilot.ChatServer.Identity;

/// <summary>Signs agents in and renews their tokens.</summary>
public sealed class SignInService(
    IAccountStore accounts, PasswordService passwords, TokenService tokens, TimeProvider clock, ILogger<SignInService> logger)
{
    public const int FailureLimit = 5;
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    /// <summary>Longer ones would only be work for the hash; nobody has one.</summary>
    private const int PasswordLength = 1_000;

    /// <summary>Null when address and password do not belong together, and while the account is locked or disabled: the answer does not say which.</summary>
    public async Task<SignInResult?> SignInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        if (request is not { Email.Length: > 0 and <= Limits.EmailLength, Password.Length: > 0 and <= PasswordLength })
        {
            return null;
        }

        var account = await accounts.FindByEmailAsync(request.Email, cancellationToken);
        var matches = await passwords.VerifyAsync(account, request.Password, cancellationToken);

        // Only now: all ways to fail take the hash's work, so time tells nothing either.
        if (account is null || account.IsDisabled || account.LockedUntil > clock.GetUtcNow())
        {
            return null;
        }

        if (!matches)
        {
            await RecordFailureAsync(account, cancellationToken);
            return null;
        }

        await accounts.ClearFailuresAsync(account.AgentId, cancellationToken);
        return Issue(account);
    }

    /// <summary>Null when the account is gone or disabled.</summary>
    public async Task<SignInResult?> RenewAsync(string agentId, CancellationToken cancellationToken) =>
        await accounts.FindAsync(agentId, cancellationToken) is { IsDisabled: false } account ? Issue(account) : null;

    private async Task RecordFailureAsync(Account account, CancellationToken cancellationToken)
    {
        var failures = await accounts.RecordFailureAsync(account.AgentId, FailureLimit, clock.GetUtcNow() + LockTime, cancellationToken);
        if (failures >= FailureLimit)
        {
            IdentityLog.Locked(logger, account.AgentId, LockTime);
        }
    }

    private SignInResult Issue(Account account)
    {
        var caller = new Caller(account.AgentId, account.Role, account.SiteId, account.Name, account.Email, null, true, default);
        var issued = tokens.Issue(caller);
        return new SignInResult(issued.Token, account.AgentId, account.Name, account.Role, issued.ExpiresAt);
    }
}
