using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>The stored candles, and what brings in more of them.</summary>
public interface IDataSource
{
    /// <summary>A survey that is at most a few seconds old.</summary>
    Task<DataView> DataAsync(CancellationToken cancel);

    /// <param name="days">UTC days back from now, this one included.</param>
    /// <param name="frame">Of the candles.</param>
    Task<HeatView> HeatAsync(int days, TimeFrame frame, CancellationToken cancel);

    /// <summary>Newest first: those that wait or run, and the last that ended.</summary>
    IReadOnlyList<DataJobView> Jobs();

    /// <summary>Puts a job into the queue.</summary>
    /// <param name="request">Times are aligned to nothing yet and may lie in the future.</param>
    /// <param name="denied">Why it is not taken; null when it is.</param>
    /// <returns>The job; null when it is not taken.</returns>
    DataJobView? TryQueue(DataRequest request, out Denied? denied);

    /// <summary>Ends a job that waits or runs; what was stored stays. False when there is none of this number.</summary>
    bool TryCancel(long job);

    /// <summary>Follows a symbol from now on, whatever its volume.</summary>
    Task<SymbolChangeView> AddAsync(Symbol symbol, CancellationToken cancel);

    /// <summary>Follows a symbol no longer; what is open is followed to its end.</summary>
    Task<SymbolChangeView> RemoveAsync(Symbol symbol, CancellationToken cancel);
}
