using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Recording;

namespace FuturesBot.Engine.Backtesting;

/// <summary>What to run.</summary>
public sealed record BacktestRequest
{
    public KernelOptions Options { get; init; } = KernelOptions.Default;

    /// <summary>Only these symbols; empty: all there are.</summary>
    public IReadOnlyList<Symbol> Symbols { get; init; } = [];

    /// <summary>Candles that close at or before this are left out; UTC milliseconds.</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>
    /// Candles that close after this, and not after <see cref="FromMs"/>, ripen the studies: nothing is decided on them. Nothing does by
    /// default; UTC milliseconds.
    /// </summary>
    public long WarmUpFromMs { get; init; } = long.MaxValue;

    /// <summary>Candles that close after this are left out; UTC milliseconds.</summary>
    public long ToMs { get; init; } = long.MaxValue;

    public LedgerDepth Ledger { get; init; } = LedgerDepth.Lean;
}
