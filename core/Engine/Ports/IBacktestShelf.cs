namespace FuturesBot.Engine.Ports;

/// <summary>Results of backtests that are computed in parts: named bytes, written whole.</summary>
public interface IBacktestShelf
{
    /// <summary>Writes; what is there under the name is replaced.</summary>
    Task WriteAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel = default);

    /// <summary>All of it; null when it is not there.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancel = default);
}
