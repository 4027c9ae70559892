using CoPilot.ChatServer.Sites;

namespace CoPilot.ChatServer.Identity;

/// <summary>
/// A file of new agents: a line each, below one that names the columns in any order: <c>email,name,queues</c>, <c>password</c> or
/// <c>passwordHash</c>, and <c>role</c> and <c>capacity</c> where wanted. Queues are separated by semicolons.
/// </summary>
internal sealed class AgentsFile
{
    /// <summary>All are added in one step, for which everybody else waits.</summary>
    public const int MaximumAgents = 10_000;

    private static readonly string[] Needed = ["email", "name", "queues"];
    private static readonly string[] Known = [.. Needed, "password", "passwordHash", "role", "capacity"];

    private readonly List<Row> _rows = [];
    private readonly List<string> _faults = [];
    private readonly Dictionary<string, int> _lineByAddress = new(StringComparer.Ordinal);
    private readonly Site _site;

    private AgentsFile(Site site) => _site = site;

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Everything that is wrong, by line; the rows count only when nothing is.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static AgentsFile Read(TextReader text, Site site)
    {
        var file = new AgentsFile(site);
        if (file.ReadHead(text.ReadLine()) is not { } columns)
        {
            return file;
        }

        for (var line = 2; text.ReadLine() is { } values && file._rows.Count <= MaximumAgents; line++)
        {
            if (!string.IsNullOrWhiteSpace(values))
            {
                file.ReadRow(line, columns, values);
            }
        }

        if (file is { _rows: [], _faults: [] } || file._rows.Count > MaximumAgents)
        {
            file._faults.Add(file._rows is [] ? "There are no agents in the file." : $"There are more than {MaximumAgents} agents in the file; split it.");
        }

        return file;
    }

    /// <summary>By line, those of the file's addresses that are somebody's already.</summary>
    public IReadOnlyList<string> DescribeTaken(IEnumerable<string> taken) =>
    [
        .. taken
            .Select(email => (Email: email, Line: _lineByAddress.GetValueOrDefault(Account.KeyOf(email))))
            .Where(found => found.Line > 0)
            .OrderBy(found => found.Line)
            .Select(found => At(found.Line, $"there is an account of {found.Email} already.")),
    ];

    private static string At(int line, string fault) => $"line {line}: {fault}";

    private List<string>? ReadHead(string? line)
    {
        if (!CsvLine.TrySplit(line ?? "", out var names))
        {
            _faults.Add(At(1, "a quote is not closed."));
            return null;
        }

        var columns = names.Select(name => Known.FirstOrDefault(known => known.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) ?? name).ToList();
        var hasSecret = columns.Contains("password") || columns.Contains("passwordHash");
        foreach (var missing in Needed.Except(columns).Concat(hasSecret ? [] : ["password"]))
        {
            _faults.Add(At(1, $"the column '{missing}' is missing; the first line names the columns: {string.Join(',', Known)}."));
        }

        foreach (var wrong in columns.GroupBy(name => name).Where(name => name.Count() > 1 || !Known.Contains(name.Key)))
        {
            _faults.Add(At(1, Known.Contains(wrong.Key) ? $"the column '{wrong.Key}' is there twice." : $"there is no column '{wrong.Key}'; there are: {string.Join(',', Known)}."));
        }

        return _faults is [] ? columns : null;
    }

    private void ReadRow(int line, List<string> columns, string text)
    {
        if (!CsvLine.TrySplit(text, out var fields))
        {
            _faults.Add(At(line, "a quote is not closed, or is inside a value."));
            return;
        }

        if (fields.Count != columns.Count)
        {
            _faults.Add(At(line, $"{fields.Count} values for {columns.Count} columns."));
            return;
        }

        // Nothing in a column is as if it were not there. A password may begin with a space, and is not trimmed.
        var values = columns.Zip(fields).Where(field => !string.IsNullOrWhiteSpace(field.Second)).ToDictionary(StringComparer.Ordinal);
        var (password, hash) = (values.GetValueOrDefault("password"), values.GetValueOrDefault("passwordHash"));
        var others = values.ToDictionary(field => field.Key, field => field.Value.Trim(), StringComparer.Ordinal);
        if (!AgentFields.TryParse(others.GetValueOrDefault("email", ""), others, "", out var agent, out var fault)
            || (fault = agent.FaultAt(_site) ?? FaultOf(password, hash)) is not null)
        {
            _faults.Add(At(line, fault));
            return;
        }

        if (!_lineByAddress.TryAdd(Account.KeyOf(agent.Email), line))
        {
            _faults.Add(At(line, $"{agent.Email} is in line {_lineByAddress[Account.KeyOf(agent.Email)]} already."));
            return;
        }

        _rows.Add(new Row(agent, password, hash));
    }

    private static string? FaultOf(string? password, string? hash) => (password, hash) switch
    {
        (null, null) => "password is needed.",
        (not null, not null) => "password or passwordHash, not both.",
        (null, not null) => PasswordHash.TryParse(hash, out _) ? null : "passwordHash is not one of ASP.NET Core Identity's, version 3, with HMAC-SHA256 or -SHA512.",
        _ => ConsolePassword.FaultOf(password),
    };

    /// <summary>One of password and hash is there.</summary>
    internal readonly record struct Row(AgentFields Agent, string? Password, string? PasswordHash);
}
