namespace FuturesBot.Dashboard;

/// <summary>
/// What a host can show. Only the market itself is needed; the routes of a source that is not there answer
/// 501 with a sentence that says so. Each group of pages has its own small interface.
/// </summary>
public sealed record DashboardSources
{
    /// <summary>The running system.</summary>
    public required IDashboardSource Market { get; init; }

    /// <summary>Live order books.</summary>
    public IOrderBookSource? Books { get; init; }

    /// <summary>Limits, streams and latency.</summary>
    public ILimitsSource? Limits { get; init; }

    /// <summary>Stored candles.</summary>
    public IDataSource? Data { get; init; }

    /// <summary>The account and its results from every side.</summary>
    public IResultsSource? Results { get; init; }

    /// <summary>What did not become a signal, and replays.</summary>
    public ISignalArchive? Archive { get; init; }

    public ISettingsSource? Settings { get; init; }

    public IBacktestSource? Backtests { get; init; }

    public ILogSource? Logs { get; init; }

    /// <summary>The chat of a run without a bot's token; null where it is a real one, or none.</summary>
    public IChatTranscript? Chat { get; init; }

    /// <summary>Parts of the system that run elsewhere; null where it is one process.</summary>
    public IPartsSource? Parts { get; init; }

    /// <summary>Whether the process is ready, and as what; null: once the market is followed.</summary>
    public Func<ReadinessView>? Readiness { get; init; }

    /// <summary>Names of the groups that are not there.</summary>
    internal IReadOnlyList<string> Absent =>
    [
        .. new (string Name, object? Source)[]
        {
            ("books", Books), ("limits", Limits), ("data", Data), ("results", Results), ("archive", Archive), ("settings", Settings),
            ("backtests", Backtests), ("logs", Logs), ("chat", Chat), ("parts", Parts),
        }.Where(group => group.Source is null).Select(group => group.Name),
    ];

    /// <summary>Where changes are written down; null: nowhere, for tests and samples.</summary>
    public IAuditLog? Audit { get; init; }
}
