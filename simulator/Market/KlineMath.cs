namespace FuturesBot.Simulator.Market;

/// <summary>How candles are joined: one place, so that what is streamed and what is asked for later cannot differ.</summary>
internal static class KlineMath
{
    public const long MinuteMs = 60_000;

    /// <summary>A minute as a candle.</summary>
    /// <param name="minute">Minutes since 1970.</param>
    /// <param name="bar">One that exists.</param>
    /// <param name="tradesBefore">Trades of the symbol before it.</param>
    public static KlineRow Row(long minute, in MinuteBar bar, long tradesBefore) => new(
        minute * MinuteMs, ((minute + 1) * MinuteMs) - 1, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.Quote,
        bar.Trades, bar.TakerBuy, bar.TakerQuote,
        bar.Trades > 0 ? tradesBefore + 1 : -1, bar.Trades > 0 ? tradesBefore + bar.Trades : -1);

    /// <summary>The candle that begins with this one.</summary>
    public static KlineRow Begin(KlineInterval interval, in KlineRow minute) => minute with
    {
        OpenMs = interval.OpenOf(minute.OpenMs),
        CloseMs = interval.NextOpen(minute.OpenMs) - 1,
    };

    public static KlineRow Join(in KlineRow first, in KlineRow next) => new(
        first.OpenMs, first.CloseMs, first.Open, Math.Max(first.High, next.High), Math.Min(first.Low, next.Low), next.Close,
        first.Volume + next.Volume, first.QuoteVolume + next.QuoteVolume, first.Trades + next.Trades,
        first.TakerBuyVolume + next.TakerBuyVolume, first.TakerBuyQuoteVolume + next.TakerBuyQuoteVolume,
        first.FirstTradeId < 0 ? next.FirstTradeId : first.FirstTradeId,
        next.LastTradeId < 0 ? first.LastTradeId : next.LastTradeId);
}
