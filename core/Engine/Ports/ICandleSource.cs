using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>Recorded candles of many series, such as a folder of kline files.</summary>
public interface ICandleSource
{
    /// <summary>What there is, ordered by symbol (ordinal), then by frame, the shortest first.</summary>
    IReadOnlyList<SeriesInfo> Series { get; }

    /// <summary>Opens one of <see cref="Series"/> at its beginning. May be opened many times.</summary>
    ICandleReader Open(SeriesInfo series);

    /// <summary>
    /// The exchange's rules for a symbol of <see cref="Series"/>, the same answer every time; null when
    /// nobody states them and there is no price to infer them from.
    /// </summary>
    FoundRules? RulesOf(Symbol symbol);
}
