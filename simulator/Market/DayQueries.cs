namespace FuturesBot.Simulator.Market;

/// <summary>Answers questions for the last 24 hours and for open interest.</summary>
internal static class DayQueries
{
    private const long MinuteMs = KlineMath.MinuteMs;
    private const int MinutesPerDay = 1_440;

    public static Ticker24h Ticker(SymbolMarket market, long nowMs)
    {
        var history = market.History;
        var hasMinute = market.TryRunning(nowMs, out var running);
        var from = Math.Max(history.First, ((nowMs + MinuteMs - 1) / MinuteMs) - MinutesPerDay);
        var (any, sum) = (false, default(KlineRow));
        var trades = from < history.End ? history.Before(from).Trades : history.Trades;
        for (var minute = from; minute < history.End; minute++)
        {
            ref readonly var bar = ref history[minute];
            if (!bar.Exists) continue;
            var row = KlineMath.Row(minute, bar, trades);
            trades += bar.Trades;
            sum = any ? KlineMath.Join(sum, row) : row;
            any = true;
        }

        if (hasMinute) sum = any ? KlineMath.Join(sum, running) : running;
        if (!any && !hasMinute)
        {
            // Nothing was traded for a day, or ever.
            var last = market.LastTicks;
            return new(nowMs - (MinutesPerDay * MinuteMs), nowMs, last, last, last, last, 0, 0, 0, -1, -1, 0);
        }

        return new(
            nowMs - (MinutesPerDay * MinuteMs), nowMs, sum.Open, sum.High, sum.Low, sum.Close, market.LastSteps, sum.Volume,
            sum.QuoteVolume, sum.FirstTradeId, sum.LastTradeId, sum.Trades);
    }

    public static OpenInterestRow? InterestNow(SymbolMarket market, long nowMs) =>
        market.Interest < 0 ? null : new(nowMs, market.Interest, market.Facts.Quantity(market.Interest) * market.MarkNow(nowMs));

    public static IReadOnlyList<OpenInterestRow> Interest(SymbolMarket market, int periodMinutes, TimeRange range, long nowMs)
    {
        if (periodMinutes is not (5 or 15 or 30 or 60 or 120 or 240 or 360 or 720 or 1440))
            throw new ArgumentOutOfRangeException(nameof(periodMinutes), periodMinutes, "Period was not 5, 15, 30, 60, 120, 240, 360, 720 or 1440 minutes");
        var period = periodMinutes * MinuteMs;
        var last = Math.Min(range.EndMs, nowMs) / period * period;
        var first = ((market.History.First * MinuteMs) + period - 1) / period * period;
        if (range.StartMs is { } start)
        {
            first = Math.Max(first, (start + period - 1) / period * period);
            last = Math.Min(last, first + ((range.Limit - 1) * period));
        }
        else
        {
            first = Math.Max(first, last - ((range.Limit - 1) * period));
        }

        var rows = new List<OpenInterestRow>();
        for (var time = first; time <= last; time += period)
        {
            var steps = market.History.InterestAt(time / MinuteMs);
            if (steps < 0) continue;
            ref readonly var bar = ref market.History[(time / MinuteMs) - 1];
            var mark = MarkMath.Price(market.Facts, bar.Exists ? bar.MarkClose : market.LastMark);
            rows.Add(new(time, steps, market.Facts.Quantity(steps) * mark));
        }

        return rows;
    }
}
