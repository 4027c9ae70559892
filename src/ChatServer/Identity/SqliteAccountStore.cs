using CoPilot.Realtime.Sqlite;
using Microsoft.Data.Sqlite;

namespace CoPilot.ChatServer.Identity;

/// <summary>Accounts in the embedded engine's database; several processes may use it at once.</summary>
public sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    private const string Select =
        "SELECT agent_id, site_id, email, name, role, queues, capacity, password_hash, disabled, locked_until FROM account";

    public Task<IReadOnlyList<string>> AddAllAsync(IReadOnlyList<Account> accounts, CancellationToken cancellationToken = default) =>
        database.WriteAsync<IReadOnlyList<string>>(
            session =>
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                var taken = accounts.Select(account => account.Email).Where(email => !seen.Add(Account.KeyOf(email)) || IsTaken(session, email)).ToList();
                foreach (var account in taken is [] ? accounts : [])
                {
                    Insert(session, account);
                }

                return taken;
            },
            cancellationToken);

    public Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.Read(session => session.QuerySingle(Select + " WHERE email_key = $1", ReadAccount, Account.KeyOf(email))));

    public Task<Account?> FindAsync(string agentId, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.Read(session => session.QuerySingle(Select + " WHERE agent_id = $1", ReadAccount, agentId)));

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<Account>>(database.Read(session => session.Query(Select + " ORDER BY email_key", ReadAccount)));

    public Task<bool> DisableAsync(string email, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            session => session.Execute("UPDATE account SET disabled = 1 WHERE email_key = $1", Account.KeyOf(email)) == 1,
            cancellationToken);

    public Task<int> RecordFailureAsync(
        string agentId, int limit, DateTimeOffset lockedUntil, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            session =>
            {
                var failures = Convert.ToInt32(
                    session.Scalar("UPDATE account SET failures = failures + 1 WHERE agent_id = $1 RETURNING failures", agentId) ?? 0L,
                    System.Globalization.CultureInfo.InvariantCulture);
                if (failures >= limit)
                {
                    session.Execute(
                        "UPDATE account SET failures = 0, locked_until = $2 WHERE agent_id = $1", agentId, lockedUntil.ToUnixTimeMilliseconds());
                }

                return failures;
            },
            cancellationToken);

    public Task ClearFailuresAsync(string agentId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            session => session.Execute("UPDATE account SET failures = 0, locked_until = NULL WHERE agent_id = $1", agentId),
            cancellationToken);

    private static bool IsTaken(SqliteSession session, string email) =>
        session.Scalar("SELECT 1 FROM account WHERE email_key = $1", Account.KeyOf(email)) is not null;

    private static void Insert(SqliteSession session, Account account) => session.Execute(
        """
        INSERT INTO account (agent_id, site_id, email, email_key, name, role, queues, capacity, password_hash, disabled, locked_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        account.AgentId,
        account.SiteId,
        account.Email,
        Account.KeyOf(account.Email),
        account.Name,
        account.Role,
        string.Join(',', account.Queues),
        account.Capacity,
        account.PasswordHash,
        account.IsDisabled ? 1 : 0,
        account.LockedUntil?.ToUnixTimeMilliseconds());

    private static Account ReadAccount(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.GetString(5).Split(',', StringSplitOptions.RemoveEmptyEntries),
        row.GetInt32(6),
        row.GetString(7),
        row.GetInt32(8) != 0,
        row.IsDBNull(9) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(9)));
}
