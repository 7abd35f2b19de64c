using System.Text.Json;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Answers about the market, read and checked: what cannot be true is refused whole.</summary>
internal static class MarketAnswers
{
    private const double SmallestPrice = 1e-12;
    private const int KlineFields = 11;

    /// <param name="rows">As they came.</param>
    /// <param name="frame">Asked for.</param>
    /// <param name="limit">How many were asked for.</param>
    /// <param name="toldMs">Market time that the exchange had told before the question left: what closed by then is final.</param>
    public static KlinePage Klines(JsonElement rows, TimeFrame frame, int limit, long toldMs)
    {
        var closed = new List<Candle>();
        foreach (var row in Rows(rows, limit))
        {
            var candle = new Candle(
                JsonFields.WholeOf(row[0], "open time"),
                Price(row[1]), Price(row[2]), Price(row[3]), Price(row[4]),
                JsonFields.NumberOf(row[5], "volume", min: 0),
                JsonFields.NumberOf(row[7], "quote volume", min: 0),
                JsonFields.NumberOf(row[9], "taker buy volume", min: 0),
                JsonFields.WholeOf(row[8], "number of trades"));
            CheckTimes(row, frame, candle.OpenTimeMs, closed.Count > 0 ? closed[^1].OpenTimeMs : null);
            if (candle.CloseTimeMs(frame) > toldMs) return new(closed, candle.OpenTimeMs);
            if (candle.Fault(frame) is { } fault) throw new MalformedException($"candle of {candle.OpenTimeMs}: {fault}");
            closed.Add(candle);
        }

        return new(closed, Running: null);
    }

    public static List<PriceCandle> PriceKlines(JsonElement rows, TimeFrame frame, int limit, long toldMs)
    {
        var closed = new List<PriceCandle>();
        foreach (var row in Rows(rows, limit))
        {
            var candle = new PriceCandle(
                JsonFields.WholeOf(row[0], "open time"), Price(row[1]), Price(row[2]), Price(row[3]), Price(row[4]));
            CheckTimes(row, frame, candle.OpenTimeMs, closed.Count > 0 ? closed[^1].OpenTimeMs : null);
            if (candle.OpenTimeMs + frame.Ms() > toldMs) break;
            if (candle.High < Math.Max(candle.Open, candle.Close) || candle.Low > Math.Min(candle.Open, candle.Close))
                throw new MalformedException($"candle of {candle.OpenTimeMs}: high and low do not hold open and close");
            closed.Add(candle);
        }

        return closed;
    }

    public static DepthSnapshot Depth(JsonElement root, Symbol symbol, int limit) => new(
        symbol, root.Whole("lastUpdateId"), root.WholeOrNull("E") ?? 0, root.WholeOrNull("T") ?? 0,
        Levels(root.Need("bids"), "bids", limit, (better, worse) => better > worse),
        Levels(root.Need("asks"), "asks", limit, (better, worse) => better < worse));

    public static List<AggregateTrade> AggregateTrades(JsonElement rows)
    {
        var trades = new List<AggregateTrade>();
        foreach (var row in rows.List("trades"))
        {
            var trade = new AggregateTrade(
                row.Whole("a"), Fixed(row.Need("p"), "p", min: 1), Fixed(row.Need("q"), "q"),
                row.TryGetProperty("nq", out var normal) && normal.ValueKind != JsonValueKind.Null ? Fixed(normal, "nq") : -1,
                row.Whole("f", min: -1), row.Whole("l", min: -1), row.Whole("T"), row.Flag("m"));
            if (trades.Count > 0 && trade.Id <= trades[^1].Id) throw new MalformedException("trades are not in the order of their ids");
            trades.Add(trade);
        }

        return trades;
    }

    public static DayTicker DayTicker(JsonElement row) => new(
        row.Symbol(), row.Number("lastPrice", min: 0), row.Number("volume", min: 0), row.Number("quoteVolume", min: 0),
        row.NumberOrNaN("priceChangePercent"), row.WholeOrNull("count") ?? -1, row.Whole("closeTime"));

    public static PremiumIndex PremiumIndex(JsonElement row) => new(
        row.Symbol(), row.Number("markPrice", min: SmallestPrice), row.NumberOrNaN("indexPrice", min: 0),
        row.NumberOrNaN("lastFundingRate"), row.WholeOrNull("nextFundingTime") ?? 0, row.Whole("time"));

    public static FundingPayment FundingPayment(JsonElement row) => new(
        row.Symbol(), row.Number("fundingRate"), row.Whole("fundingTime"), row.NumberOrNaN("markPrice", min: 0));

    public static FundingTerms FundingTerms(JsonElement row) => new(
        row.Symbol(), (int)Math.Min(row.Whole("fundingIntervalHours", min: 1), 24 * 365),
        row.NumberOrNaN("adjustedFundingRateCap"), row.NumberOrNaN("adjustedFundingRateFloor"));

    public static OpenInterestPoint OpenInterest(JsonElement root, Symbol symbol)
    {
        _ = root.Symbol(symbol);
        return new(root.Whole("time"), root.Number("openInterest", min: 0), double.NaN);
    }

    public static OpenInterestPoint OpenInterestAt(JsonElement row, Symbol symbol)
    {
        _ = row.Symbol(symbol);
        return new(row.Whole("timestamp"), row.Number("sumOpenInterest", min: 0), row.NumberOrNaN("sumOpenInterestValue", min: 0));
    }

    private static IEnumerable<JsonElement> Rows(JsonElement rows, int limit)
    {
        var count = 0;
        foreach (var row in rows.List("candles"))
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < KlineFields)
                throw new MalformedException($"candle {count} is no list of {KlineFields} or more");
            if (++count > limit) throw new MalformedException($"more than the {limit} candles asked for");
            yield return row;
        }
    }

    private static void CheckTimes(JsonElement row, TimeFrame frame, long openMs, long? previousMs)
    {
        if (!frame.IsAligned(openMs)) throw new MalformedException($"open time {openMs} is not aligned to {frame.Code()}");
        if (JsonFields.WholeOf(row[6], "close time") != openMs + frame.Ms() - 1) throw new MalformedException($"the candle of {openMs} is not of {frame.Code()}");
        if (openMs <= previousMs) throw new MalformedException($"the candle of {openMs} is not in order");
    }

    private static double Price(JsonElement field) => JsonFields.NumberOf(field, "price", min: SmallestPrice);

    private static BookLevel[] Levels(JsonElement list, string side, int limit, Func<long, long, bool> isBetter)
    {
        var levels = new List<BookLevel>(limit);
        foreach (var row in list.List(side))
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() < 2) throw new MalformedException($"a level of {side} is no pair");
            var level = new BookLevel(Fixed(row[0], side, min: 1), Fixed(row[1], side, min: 1));
            if (levels.Count > 0 && !isBetter(levels[^1].Price, level.Price)) throw new MalformedException($"{side} are not in the order of their prices");
            if (levels.Count == limit) throw new MalformedException($"more than the {limit} levels of {side} asked for");
            levels.Add(level);
        }

        return [.. levels];
    }

    private static long Fixed(JsonElement field, string name, long min = 0)
    {
        try
        {
            var value = FixedPoint.From(JsonFields.ExactOf(field, name, min: 0));
            return value >= min ? value : throw new MalformedException($"'{name}' is not above 0");
        }
        catch (Exception e) when (e is OverflowException or ArgumentException)
        {
            throw new MalformedException($"'{name}' is too large or too fine");
        }
    }
}
