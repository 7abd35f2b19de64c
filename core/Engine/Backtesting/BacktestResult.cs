using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Reporting;

namespace FuturesBot.Engine.Backtesting;

/// <summary>What a run found.</summary>
public sealed record BacktestResult
{
    /// <summary>Closed trades in the order they closed, shadowed ones among them.</summary>
    public required IReadOnlyList<TradeRecord> Trades { get; init; }

    /// <summary>Refusals by reason, the most frequent first.</summary>
    public required IReadOnlyList<RefusalCount> Refusals { get; init; }

    public required RunFacts Facts { get; init; }

    public required ReadCounts Counts { get; init; }

    /// <summary>Rules of each symbol and where they come from.</summary>
    public required IReadOnlyDictionary<Symbol, FoundRules> Rules { get; init; }

    /// <summary>Signals that had not ended with the data.</summary>
    public required int OpenAtEnd { get; init; }

    /// <summary>Closing times of studied symbols: how many decision bars were asked.</summary>
    public required long DecisionBars { get; init; }

    /// <summary>Triggers by strategy and mode, approved or not.</summary>
    public required IReadOnlyDictionary<string, int> Triggers { get; init; }

    /// <summary>Decisions that failed a single predicate, by strategy and predicate; empty without a ledger.</summary>
    public required IReadOnlyDictionary<string, int> NearMisses { get; init; }

    /// <summary>Decisions that could not be taken for want of an input, by strategy and input.</summary>
    public required IReadOnlyDictionary<string, long> Unavailable { get; init; }

    /// <summary>Candles of a longer frame that were not built because a shorter one was missing.</summary>
    public required long ParentsRefused { get; init; }

    /// <summary>15m candles from files that differ from the sum of their 5m candles.</summary>
    public required long FrameMismatches { get; init; }

    /// <summary>Symbols whose open signals were followed by minutes at least in part.</summary>
    public required IReadOnlyList<Symbol> FollowedByMinutes { get; init; }

    /// <summary>How many planned trades could pay their costs, by strategy and symbol.</summary>
    public required IReadOnlyList<CostGate> CostGates { get; init; }

    /// <summary>What each symbol's data was like.</summary>
    public required IReadOnlyList<SymbolData> Data { get; init; }

    /// <summary>Candles around trades, for the report; bounded.</summary>
    public required IReadOnlyList<TradeChart> Charts { get; init; }
}
