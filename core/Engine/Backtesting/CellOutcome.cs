using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Backtesting;

/// <summary>What one part of a plan came to, as it travels from the machine that computed it.</summary>
public sealed record CellOutcome
{
    public required int Index { get; init; }

    /// <summary>Fingerprint of the options that it was computed with: parts of different options are not merged.</summary>
    public required string OptionsHash { get; init; }

    public required string Profile { get; init; }

    /// <summary>Closed trades as lines of <c>trades.jsonl</c>, in the order they closed.</summary>
    public required IReadOnlyList<string> Trades { get; init; }

    public required IReadOnlyList<RefusalCount> Refusals { get; init; }

    /// <summary>Open of the first candle.</summary>
    public required long DataFromMs { get; init; }

    /// <summary>Close of the last one.</summary>
    public required long DataToMs { get; init; }

    /// <summary>Rows read, those that only ripened studies included.</summary>
    public required long Candles { get; init; }

    /// <summary>Signals that had not ended with the part.</summary>
    public required int OpenAtEnd { get; init; }

    /// <summary>No candle of its symbols closes in its time: it has no result, and none is made up.</summary>
    public bool IsEmpty { get; init; }
}
