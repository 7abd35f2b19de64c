namespace FuturesBot.Simulator.Market;

/// <summary>Answers questions for candles: shorter ones are folded from the minutes, those of a day and longer were kept.</summary>
internal static class KlineQueries
{
    private const long MinuteMs = KlineMath.MinuteMs;

    public static IReadOnlyList<KlineRow> Rows(SymbolMarket market, KlineInterval interval, TimeRange range, long nowMs)
    {
        if (interval >= KlineInterval.D1)
        {
            var rows = new List<KlineRow>(market.Ladder.Long(interval));
            if (market.TryRunning(interval, nowMs, out var running)) rows.Add(running);
            return Ranges.Pick(rows, static row => row.OpenMs, range);
        }

        var lastOpen = interval.OpenOf(Math.Min(range.EndMs, nowMs));
        var oldest = Oldest(market, interval);
        if (range.StartMs is { } start)
        {
            return Fold(market, interval, FirstOpen(interval, Math.Max(start, oldest)), lastOpen, range.Limit, nowMs);
        }

        // Without gaps the first try has them all; with gaps it goes back further.
        var (length, first) = (interval.NextOpen(0), FirstOpen(interval, oldest));
        for (long candles = range.Limit; ; candles *= 2)
        {
            var open = Math.Max(lastOpen - ((candles - 1) * length), first);
            var rows = Fold(market, interval, open, lastOpen, int.MaxValue, nowMs);
            if (rows.Count >= range.Limit) return rows.GetRange(rows.Count - range.Limit, range.Limit);
            if (open == first) return rows;
        }
    }

    // A candle that lacks its first minutes is not served; one that began before the symbol was listed lacks nothing.
    private static long Oldest(SymbolMarket market, KlineInterval interval)
    {
        var firstMs = market.History.First * MinuteMs;
        return market.History.HasDropped ? firstMs : Math.Max(market.Ladder.CompleteFromMs, interval.OpenOf(firstMs));
    }

    private static long FirstOpen(KlineInterval interval, long oldest)
    {
        var open = interval.OpenOf(oldest);
        return open < oldest ? interval.NextOpen(oldest) : open;
    }

    private static List<KlineRow> Fold(SymbolMarket market, KlineInterval interval, long openMs, long lastOpenMs, int limit, long nowMs)
    {
        var rows = new List<KlineRow>();
        var history = market.History;
        var minute = Math.Max(openMs / MinuteMs, history.First);
        if (openMs > nowMs) return rows;
        var trades = minute < history.End ? history.Before(minute).Trades : history.Trades;
        var end = Math.Min(history.End, interval.NextOpen(lastOpenMs) / MinuteMs);
        var closeMs = long.MinValue;
        for (; minute < end; minute++)
        {
            ref readonly var bar = ref history[minute];
            if (!bar.Exists) continue;
            var row = KlineMath.Row(minute, bar, trades);
            trades += bar.Trades;
            if (row.OpenMs <= closeMs)
            {
                rows[^1] = KlineMath.Join(rows[^1], row);
                continue;
            }

            if (rows.Count == limit) return rows;
            row = KlineMath.Begin(interval, row);
            closeMs = row.CloseMs;
            rows.Add(row);
        }

        if (!market.TryRunning(interval, nowMs, out var running) || running.OpenMs < openMs || running.OpenMs > lastOpenMs) return rows;
        if (rows.Count > 0 && rows[^1].OpenMs == running.OpenMs) rows[^1] = running;
        else if (rows.Count < limit) rows.Add(running);
        return rows;
    }
}
