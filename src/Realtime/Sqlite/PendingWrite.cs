namespace CoPilot.Realtime.Sqlite;

/// <summary>A write that waits for its turn and then for its commit.</summary>
internal abstract class PendingWrite
{
    /// <summary>False when the work threw; its exception is the answer, and the writer rolls the work back.</summary>
    public abstract bool Run(SqliteSession session);

    public abstract void Answer();

    public abstract void Fail(Exception error);
}

internal sealed class PendingWrite<T>(Func<SqliteSession, T> work) : PendingWrite
{
    // The caller's continuation must not run on the writer, where it would hold up everybody's next commit.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _error;

    public Task<T> Completion => _completion.Task;

    public override bool Run(SqliteSession session)
    {
        try
        {
            _result = work(session);
            return true;
        }
#pragma warning disable CA1031 // Whatever the work throws belongs to its caller, not to the writer.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _error = SqliteErrors.Wrap(error);
            return false;
        }
    }

    public override void Answer()
    {
        if (_error is not null)
        {
            _completion.TrySetException(_error);
        }
        else
        {
            _completion.TrySetResult(_result!);
        }
    }

    public override void Fail(Exception error) => _completion.TrySetException(error);
}
