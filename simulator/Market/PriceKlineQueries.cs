namespace FuturesBot.Simulator.Market;

/// <summary>Answers questions for candles of the mark and index price, folded from the minutes that are kept.</summary>
internal static class PriceKlineQueries
{
    private const long MinuteMs = KlineMath.MinuteMs;

    public static IReadOnlyList<PriceKlineRow> Rows(SymbolMarket market, KlineInterval interval, TimeRange range, long nowMs, bool isIndex)
    {
        // The traded candles say which candles there are.
        var candles = KlineQueries.Rows(market, interval, range, nowMs);
        var rows = new List<PriceKlineRow>(candles.Count);
        foreach (var candle in candles)
        {
            if (market.History.HasDropped && candle.OpenMs < market.History.First * MinuteMs) continue;
            if (TryFold(market, candle, nowMs, isIndex, out var row)) rows.Add(row);
        }

        return rows;
    }

    private static bool TryFold(SymbolMarket market, in KlineRow candle, long nowMs, bool isIndex, out PriceKlineRow row)
    {
        row = default;
        var history = market.History;
        var (first, end) = (Math.Max(candle.OpenMs / MinuteMs, history.First), Math.Min((candle.CloseMs / MinuteMs) + 1, history.End));
        for (var minute = first; minute < end; minute++)
        {
            ref readonly var bar = ref history[minute];
            if (!bar.Exists) continue;
            ref readonly var earlier = ref history[minute - 1];
            var before = earlier.Exists ? earlier.MarkClose : bar.Open * 100L;
            var part = MarkMath.Minute(before, bar.MarkClose, bar.High, bar.Low);
            Join(ref row, candle, Price(market, part, minute * MinuteMs, (minute + 1) * MinuteMs, isIndex));
        }

        if (nowMs > history.End * MinuteMs && nowMs <= candle.CloseMs && market.TryRunningMark(nowMs, out var running))
            Join(ref row, candle, Price(market, running, nowMs / MinuteMs * MinuteMs, nowMs, isIndex));
        return row.CloseMs != 0;
    }

    private static void Join(ref PriceKlineRow row, in KlineRow candle, in PriceKlineRow part) =>
        row = row.CloseMs == 0
            ? part with { OpenMs = candle.OpenMs, CloseMs = candle.CloseMs }
            : row with { High = Math.Max(row.High, part.High), Low = Math.Min(row.Low, part.Low), Close = part.Close };

    private static PriceKlineRow Price(SymbolMarket market, in MarkRow part, long fromMs, long toMs, bool isIndex)
    {
        var (atOpen, atClose) = isIndex ? (Index(market, fromMs), Index(market, toMs)) : (1m, 1m);
        decimal At(long hundredths, decimal factor) => Math.Round(MarkMath.Price(market.Facts, hundredths) * factor, 8);
        var (open, close) = (At(part.Open, atOpen), At(part.Close, atClose));
        return new(
            fromMs, toMs - 1, open, Math.Max(Math.Max(open, close), At(part.High, atClose)),
            Math.Min(Math.Min(open, close), At(part.Low, atClose)), close);
    }

    private static decimal Index(SymbolMarket market, long timeMs) => 1 / (decimal)(1 + market.Funding.Premium(timeMs));
}
