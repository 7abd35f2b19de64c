using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>What an <see cref="ExchangeFeed"/> is made of. It owns none of it.</summary>
public sealed record ExchangeFeedParts
{
    /// <summary>Holds the past, filled before the feed is read.</summary>
    public required ICandleStore Candles { get; init; }

    /// <summary>Asked for what no stream has told.</summary>
    public required IExchangeMarket Market { get; init; }

    /// <summary>Market time.</summary>
    public required IExchangeClock Clock { get; init; }

    /// <summary>Wall time, for waiting.</summary>
    public required TimeProvider Time { get; init; }

    public ExchangeFeedOptions Options { get; init; } = new();

    /// <summary>Null: nobody is told of failures, they are only counted.</summary>
    public IAlerts? Alerts { get; init; }

    /// <summary>Readings of order book, open interest and funding; null: none are available.</summary>
    public Func<Symbol, MarketContext>? Context { get; init; }
}
