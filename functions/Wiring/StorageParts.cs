using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Functions.Wiring;

/// <summary>What the functions keep and find in the storage account.</summary>
public sealed record StorageParts
{
    public required IBatchLog Log { get; init; }

    public required ISignalStore Signals { get; init; }

    public required ICandleStore Candles { get; init; }

    /// <summary>
    /// Lets the kernel commit through these signals, and completes what one that died has left half done. Whoever only reads leaves a
    /// commit under way to its kernel.
    /// </summary>
    public required Func<CancellationToken, Task> Drive { get; init; }

    /// <summary>Opens the ledger at its end.</summary>
    public required Func<Stream> OpenLedger { get; init; }

    public required ICommandSender Commands { get; init; }

    public required IBeats Beats { get; init; }

    public required IPoisonShelf Poison { get; init; }

    /// <summary>Puts onto the shelf what the host gave up and nobody told of; how many.</summary>
    public required Func<CancellationToken, Task<int>> TakeGivenUp { get; init; }

    public required IBacktestShelf Backtests { get; init; }
}
