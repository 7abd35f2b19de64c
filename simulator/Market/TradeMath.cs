namespace FuturesBot.Simulator.Market;

/// <summary>How planned trades become public ones, with their ids, times and parts.</summary>
internal static class TradeMath
{
    private const long SlotMs = KlineMath.MinuteMs / MinutePlan.Slots;

    /// <param name="trade">Planned.</param>
    /// <param name="minute">Minutes since 1970.</param>
    /// <param name="id">Of the aggregate.</param>
    /// <param name="firstTradeId">Of its first trade.</param>
    public static AggTrade Aggregate(in PlannedTrade trade, long minute, long id, long firstTradeId)
    {
        // Somewhere in its tenth of a second, the same whenever it is asked.
        var within = unchecked((ulong)firstTradeId * 0x9E37_79B9_7F4A_7C15UL >> 32) % SlotMs;
        var timeMs = (minute * KlineMath.MinuteMs) + (trade.Slot * SlotMs) + (long)within;
        return new(id, firstTradeId, firstTradeId + trade.Trades - 1, timeMs, trade.Ticks, trade.Steps, !trade.IsBuy);
    }

    /// <summary>A fill of an account is an aggregate of its own.</summary>
    public static AggTrade Aggregate(in OwnPrint print, long id, long tradeId) =>
        new(id, tradeId, tradeId, print.TimeMs, print.Ticks, print.Steps, !print.IsBuy);

    public static MarketTrade Single(in AggTrade aggregate, in PlannedTrade trade, int part) =>
        new(aggregate.FirstTradeId + part, aggregate.TimeMs, aggregate.Ticks, Part(trade, part), aggregate.BuyerIsMaker);

    /// <summary>Quantity of one of the trades.</summary>
    public static long Part(in PlannedTrade trade, int part) =>
        (trade.Steps / trade.Trades) + (part < trade.Steps % trade.Trades ? 1 : 0);
}
