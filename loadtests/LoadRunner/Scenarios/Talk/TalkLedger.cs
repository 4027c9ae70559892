namespace CoPilot.LoadRunner.Scenarios.Talk;

/// <summary>
/// Who said what and what the other side heard of it, so that nothing is lost, doubled or out of order unseen. Each side's own account is written by one sender and one receiver at a time.
/// </summary>
internal sealed class TalkLedger
{
    /// <summary>Said and not heard yet, of one side; at nine messages a second and side more than twenty seconds.</summary>
    private const int UnderWay = 256;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly Account[] _accounts;

    public TalkLedger(int conversations)
    {
        _accounts = new Account[conversations * 2];
        for (var i = 0; i < _accounts.Length; i++)
        {
            _accounts[i] = new Account();
        }
    }

    public int Conversations => _accounts.Length / 2;

    /// <summary>The next thing that this side says.</summary>
    /// <param name="intended">When it should be said.</param>
    public TalkText Say(int conversation, int side, long intended)
    {
        var account = Of(conversation, side);
        var number = Interlocked.Increment(ref account.Said);
        Volatile.Write(ref account.Intended[number % UnderWay], intended);
        return new TalkText(conversation, side, number);
    }

    /// <summary>The other side heard it. Answers when it should have been said; null when it was heard before.</summary>
    public long? Hear(TalkText text)
    {
        var account = Of(text.Conversation, text.Side);
        lock (account)
        {
            if (text.Number <= account.HeardInOrder || (text.Number != account.HeardInOrder + 1 && !account.HeardEarly.Add(text.Number)))
            {
                account.Doubled++;
                return null;
            }

            // Against the latest and not the next: what was lost is lost, and what comes after it is not out of order too.
            if (text.Number < account.Latest)
            {
                account.Reordered++;
            }

            account.Latest = Math.Max(account.Latest, text.Number);
            if (text.Number == account.HeardInOrder + 1)
            {
                account.HeardInOrder++;
                while (account.HeardEarly.Count > 0 && account.HeardEarly.Remove(account.HeardInOrder + 1))
                {
                    account.HeardInOrder++;
                }
            }

            return Volatile.Read(ref account.Intended[text.Number % UnderWay]);
        }
    }

    public bool HasHeard(TalkText text)
    {
        var account = Of(text.Conversation, text.Side);
        lock (account)
        {
            return text.Number <= account.HeardInOrder || account.HeardEarly.Contains(text.Number);
        }
    }

    /// <summary>All of it, heard or not.</summary>
    public IEnumerable<TalkText> AllSaid() =>
        from conversation in Enumerable.Range(0, Conversations)
        from side in (int[])[0, 1]
        from number in Enumerable.Range(1, Volatile.Read(ref Of(conversation, side).Said))
        select new TalkText(conversation, side, number);

    /// <summary>Nothing that was said in the conversation is under way any more.</summary>
    public async Task WaitUntilHeardAsync(int conversation, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        while (!(Of(conversation, 0).IsHeard && Of(conversation, 1).IsHeard))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    public bool IsComplete => _accounts.All(account => account.IsHeard);

    public (long Said, long Heard, long Doubled, long Reordered) Count() => (
        _accounts.Sum(account => (long)account.Said),
        _accounts.Sum(account => account.Heard),
        _accounts.Sum(account => account.Doubled),
        _accounts.Sum(account => account.Reordered));

    private Account Of(int conversation, int side) => _accounts[(conversation * 2) + side];

    private sealed class Account
    {
        public readonly long[] Intended = new long[UnderWay];
        public readonly HashSet<int> HeardEarly = [];
        public int Said;
        public int HeardInOrder;
        public int Latest;
        public long Doubled;
        public long Reordered;

        public bool IsHeard => Heard == Volatile.Read(ref Said);

        public long Heard
        {
            get
            {
                lock (this)
                {
                    return HeardInOrder + HeardEarly.Count;
                }
            }
        }
    }
}
