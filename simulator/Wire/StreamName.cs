using System.Globalization;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>
/// A market stream by its name, such as <c>btcusdt@depth5@100ms</c>. The symbol is in small letters; another spelling is
/// acknowledged and stays silent, as the exchange does it.
/// </summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Symbol">In capitals; empty for streams of all symbols.</param>
public readonly record struct StreamName(StreamKind Kind, string Symbol = "")
{
    /// <summary>Market milliseconds between two messages; 0 where each event is a message.</summary>
    public int RateMs { get; init; }

    /// <summary>Levels a side of partial depth: 5, 10 or 20.</summary>
    public int Levels { get; init; }

    /// <summary>Of candles.</summary>
    public KlineInterval Interval { get; init; }

    /// <summary>The routes that serve it.</summary>
    /// <remarks>Sources disagree about trade; both routes serve it.</remarks>
    public StreamRoute Routes => Kind switch
    {
        StreamKind.BookTicker or StreamKind.Depth or StreamKind.PartialDepth or StreamKind.RpiDepth
            or StreamKind.AllBookTickers => StreamRoute.Public,
        StreamKind.Trade => StreamRoute.Public | StreamRoute.Market,
        _ => StreamRoute.Market,
    };

    /// <summary>False for what no stream is called.</summary>
    public static bool TryParse(string text, out StreamName name)
    {
        name = default;
        if (OfAll(text) is { } all)
        {
            name = all;
            return true;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || text.AsSpan(0, at).IndexOfAnyInRange('A', 'Z') >= 0) return false;
        if (OfSymbol(text[..at].ToUpperInvariant(), text[(at + 1)..]) is not { } one) return false;
        name = one;
        return true;
    }

    private static StreamName? OfAll(string text) => text switch
    {
        "!bookTicker" => new(StreamKind.AllBookTickers),
        "!markPrice@arr" => new(StreamKind.AllMarkPrices) { RateMs = 3_000 },
        "!markPrice@arr@1s" => new(StreamKind.AllMarkPrices) { RateMs = 1_000 },
        "!ticker@arr" => new(StreamKind.AllTickers) { RateMs = 1_000 },
        "!miniTicker@arr" => new(StreamKind.AllMiniTickers) { RateMs = 1_000 },
        "!forceOrder@arr" => new(StreamKind.AllForceOrders),
        "!contractInfo" => new(StreamKind.ContractInfo),
        "!assetIndex@arr" => new(StreamKind.AssetIndex),
        "tradingSession" => new(StreamKind.TradingSession),
        _ => null,
    };

    private static StreamName? OfSymbol(string symbol, string what) => what switch
    {
        "bookTicker" => new(StreamKind.BookTicker, symbol),
        "depth" or "depth@250ms" => new(StreamKind.Depth, symbol) { RateMs = 250 },
        "depth@100ms" => new(StreamKind.Depth, symbol) { RateMs = 100 },
        "depth@500ms" => new(StreamKind.Depth, symbol) { RateMs = 500 },
        "rpiDepth@500ms" => new(StreamKind.RpiDepth, symbol) { RateMs = 500 },
        "trade" => new(StreamKind.Trade, symbol),
        "aggTrade" => new(StreamKind.AggTrade, symbol),
        "markPrice" => new(StreamKind.MarkPrice, symbol) { RateMs = 3_000 },
        "markPrice@1s" => new(StreamKind.MarkPrice, symbol) { RateMs = 1_000 },
        "ticker" => new(StreamKind.Ticker, symbol) { RateMs = 2_000 },
        "miniTicker" => new(StreamKind.MiniTicker, symbol) { RateMs = 2_000 },
        "forceOrder" => new(StreamKind.ForceOrder, symbol),
        "compositeIndex" => new(StreamKind.CompositeIndex, symbol),
        "assetIndex" => new(StreamKind.AssetIndex, symbol),
        _ => Partial(symbol, what) ?? Candles(symbol, what),
    };

    private static StreamName? Partial(string symbol, string what)
    {
        if (!what.StartsWith("depth", StringComparison.Ordinal)) return null;
        var parts = what["depth".Length..].Split('@');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var levels)) return null;
        if (levels is not (5 or 10 or 20) || parts.Length > 2) return null;
        var rate = parts.Length == 1 ? 250 : parts[1] switch { "100ms" => 100, "250ms" => 250, "500ms" => 500, _ => 0 };
        return rate == 0 ? null : new(StreamKind.PartialDepth, symbol) { RateMs = rate, Levels = levels };
    }

    private static StreamName? Candles(string symbol, string what)
    {
        const string Continuous = "_PERPETUAL";
        var (prefix, kind) = what.StartsWith("continuousKline_", StringComparison.Ordinal)
            ? ("continuousKline_", StreamKind.ContinuousKline)
            : ("kline_", StreamKind.Kline);
        if (!what.StartsWith(prefix, StringComparison.Ordinal)) return null;
        if (!KlineIntervals.TryParse(what[prefix.Length..], out var interval)) return null;
        if (kind == StreamKind.Kline) return new(kind, symbol) { RateMs = 250, Interval = interval };
        return symbol.EndsWith(Continuous, StringComparison.Ordinal)
            ? new(kind, symbol[..^Continuous.Length]) { RateMs = 250, Interval = interval }
            : null;
    }
}
