using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CoPilot.ChatServer.Identity;

/// <summary>Hashes passwords and checks them, so few at a time that chats keep their processors. Thread-safe.</summary>
public sealed class PasswordService : IDisposable
{
    /// <summary>OWASP's figure for PBKDF2 with HMAC-SHA512, which is what the framework's hasher uses.</summary>
    public const int Iterations = 210_000;

    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string _decoy;

    public PasswordService() => _decoy = Hash(IdentityIds.NewAgent());

    // The hasher takes the account only for applications that salt with it; this one does not.
    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Without an account it checks against a password that nobody has, so that both take the same work.</summary>
    public async Task<bool> VerifyAsync(Account? account, string password, CancellationToken cancellationToken = default)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            var verdict = await Task.Run(() => _hasher.VerifyHashedPassword(null!, account?.PasswordHash ?? _decoy, password), cancellationToken);
            return account is not null && verdict != PasswordVerificationResult.Failed;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();
}
