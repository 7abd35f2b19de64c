namespace FuturesBot.Dashboard;

/// <summary>
/// What a host can show. Only the market itself is needed; the routes of a source that is not there answer
/// 501 with a sentence that says so. Each group of pages has its own small interface.
/// </summary>
public sealed record DashboardSources
{
    /// <summary>The running system.</summary>
    public required IDashboardSource Market { get; init; }
}
