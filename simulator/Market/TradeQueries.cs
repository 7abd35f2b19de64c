namespace FuturesBot.Simulator.Market;

/// <summary>Answers questions for past trades by planning the minutes that hold them again.</summary>
internal static class TradeQueries
{
    private const long MinuteMs = KlineMath.MinuteMs;

    public static IReadOnlyList<AggTrade> Aggregates(
        SymbolMarket market, long seed, int symbol, long? fromId, TimeRange range, long nowMs)
    {
        var told = market.Told(nowMs);
        var walk = new Walk(market, seed, symbol, told);
        if (fromId is { } id) return walk.From(market.History.MinuteOfAggregate(id - 1), trade => trade.Id >= id, _ => true, range.Limit);
        if (range.StartMs is { } start)
            return walk.From(start / MinuteMs, trade => trade.TimeMs >= start, trade => trade.TimeMs <= range.EndMs, range.Limit);
        return walk.Last(range.EndMs, range.Limit);
    }

    public static IReadOnlyList<MarketTrade> Singles(SymbolMarket market, long seed, int symbol, long? fromId, int limit, long nowMs)
    {
        var walk = new Walk(market, seed, symbol, market.Told(nowMs));
        var aggregates = fromId is { } id
            ? walk.From(market.History.MinuteOfTrade(id - 1), trade => trade.LastTradeId >= id, _ => true, limit)
            : walk.Last(nowMs, limit);
        var singles = new List<MarketTrade>();
        foreach (var trade in aggregates)
        {
            var planned = new PlannedTrade(0, !trade.BuyerIsMaker, (int)(trade.LastTradeId - trade.FirstTradeId + 1), (int)trade.Ticks, trade.Steps);
            for (var part = 0; part < planned.Trades; part++)
            {
                if (!(trade.FirstTradeId + part < fromId)) singles.Add(TradeMath.Single(trade, planned, part));
            }
        }

        var count = Math.Min(limit, singles.Count);
        return singles.GetRange(fromId is null ? singles.Count - count : 0, count);
    }

    /// <summary>Goes from minute to minute; the one in progress is last, as far as it was told.</summary>
    private readonly ref struct Walk(SymbolMarket market, long seed, int symbol, ReadOnlySpan<PlannedTrade> told)
    {
        private readonly ReadOnlySpan<PlannedTrade> _told = told;
        private readonly MinutePlan _plan = new();

        public List<AggTrade> From(long minute, Predicate<AggTrade> begins, Predicate<AggTrade> goesOn, int limit)
        {
            var (found, history) = (new List<AggTrade>(), market.History);
            if (minute < 0) minute = history.End;   // an id of the minute in progress, or a later one
            for (minute = Math.Clamp(minute, history.First, history.End); minute <= history.End && found.Count < limit; minute++)
            {
                foreach (var trade in Minute(minute))
                {
                    if (!begins(trade)) continue;
                    if (!goesOn(trade) || found.Count == limit) return found;
                    found.Add(trade);
                }
            }

            return found;
        }

        public List<AggTrade> Last(long endMs, int limit)
        {
            var (found, history) = (new List<AggTrade>(), market.History);
            for (var minute = Math.Min(history.End, endMs / MinuteMs); minute >= history.First && found.Count < limit; minute--)
            {
                var trades = Minute(minute);
                for (var i = trades.Count - 1; i >= 0 && found.Count < limit; i--)
                {
                    if (trades[i].TimeMs <= endMs) found.Add(trades[i]);
                }
            }

            found.Reverse();
            return found;
        }

        private List<AggTrade> Minute(long minute)
        {
            var (trades, aggregates) = market.History.Before(minute);
            var planned = _told;
            var prints = market.Prints;
            if (minute < market.History.End)
            {
                if (!market.History[minute].Exists) return [];
                var own = market.History.Own(minute);
                _plan.Make(own?.Planned ?? market.History[minute], seed, symbol, minute);
                planned = _plan.Trades;
                prints = own?.Prints ?? [];
            }

            var found = new List<AggTrade>(planned.Length + prints.Count);
            for (var (i, mine) = (0, 0); ; i++)
            {
                for (; mine < prints.Count && prints[mine].After <= i; mine++)
                    found.Add(TradeMath.Aggregate(prints[mine], aggregates + found.Count + 1, ++trades));
                if (i == planned.Length) return found;
                var next = TradeMath.Aggregate(planned[i], market.History.End > minute ? minute : market.Minute, aggregates + found.Count + 1, trades + 1);
                trades += planned[i].Trades;
                found.Add(next);
            }
        }
    }
}
