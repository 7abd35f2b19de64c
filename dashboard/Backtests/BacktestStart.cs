namespace FuturesBot.Dashboard;

/// <summary>What became of an order. A closed set.</summary>
public abstract record BacktestStart
{
    private BacktestStart() { }

    public sealed record Queued(BacktestView Run) : BacktestStart;

    /// <summary>The folder is none below the data root.</summary>
    public sealed record BadFolder(string Why) : BacktestStart;

    /// <param name="Faults">By the name of the order's part, or by the setting's path.</param>
    public sealed record Refused(IReadOnlyDictionary<string, string[]> Faults) : BacktestStart;

    /// <param name="WaitingMax">Runs that may wait.</param>
    public sealed record Full(int WaitingMax) : BacktestStart;
}
