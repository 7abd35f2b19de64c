namespace FuturesBot.Engine.Ports;

/// <summary>What lies on the shelf of backtests, for whoever shows it; nothing is written.</summary>
public interface IBacktestArchive
{
    /// <summary>Every backtest of which something is there, the newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Ends the listing.</param>
    Task<IReadOnlyList<ShelvedBacktest>> ListAsync(int limit, CancellationToken cancel = default);

    /// <summary>All of a file; null when it is not there.</summary>
    /// <param name="name">See <see cref="Backtesting.ShelfFiles"/>.</param>
    /// <param name="cancel">Ends the reading.</param>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancel = default);
}
