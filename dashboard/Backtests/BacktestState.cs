namespace FuturesBot.Dashboard;

/// <summary>Where a run stands.</summary>
public enum BacktestState
{
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,

    /// <summary>The program ended before the run did.</summary>
    Interrupted,
}
