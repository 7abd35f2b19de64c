using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The fields of a <c>kline</c>: a head, and the candle in an object of its own.</summary>
internal static class KlineFields
{
    private static readonly ulong Required = Fields.SetOf([Field.e, Field.E, Field.s, Field.k]);

    // What a candle may lack says so itself: NaN or −1.
    private static readonly ulong RequiredOfCandle = Fields.SetOf(
        [Field.t, Field.i, Field.o, Field.h, Field.l, Field.c, Field.v, Field.x]);

    /// <param name="isOurs">False when the candle's length is none of our six.</param>
    public static bool TryRead<TScan>(ref TScan scan, SymbolTable symbols, out KlineUpdate kline, out bool isOurs)
        where TScan : struct, IFieldScan, allows ref struct
    {
        var (symbol, eventMs, candle) = (-1, 0L, Inner.Empty);
        var fine = true;
        while (fine && scan.TryNext(out var field))
        {
            fine = field switch
            {
                Field.E => scan.TryInteger(out eventMs),
                Field.s => scan.TrySymbol(symbols, out symbol),
                Field.k => scan.TryEnter() && TryReadCandle(ref scan, symbols, ref candle),
                _ => scan.TryPass(field),
            };
        }

        isOurs = candle.Frame is not null;
        kline = new(symbol, candle.Frame.GetValueOrDefault(), eventMs, candle.OpenMs,
            candle.Open, candle.High, candle.Low, candle.Close,
            candle.Volume, candle.QuoteVolume, candle.TakerBuyVolume, candle.TakerBuyQuoteVolume,
            candle.Trades, candle.FirstTradeId, candle.LastTradeId, candle.IsClosed);
        return fine && scan.TryEnd(Required)
            && (!isOurs || IsPossible(kline, candle) || scan.Refuse(StreamFault.Impossible));
    }

    private static bool TryReadCandle<TScan>(ref TScan scan, SymbolTable symbols, ref Inner candle)
        where TScan : struct, IFieldScan, allows ref struct
    {
        var fine = true;
        while (fine && scan.TryNext(out var field))
        {
            fine = field switch
            {
                Field.t => scan.TryInteger(out candle.OpenMs),
                Field.T => scan.TryInteger(out candle.LastMs),
                Field.s => scan.TrySymbol(symbols, out candle.Symbol),
                Field.i => scan.TryFrame(out candle.Frame),
                Field.f => scan.TryIntegerOrNone(out candle.FirstTradeId),
                Field.L => scan.TryIntegerOrNone(out candle.LastTradeId),
                Field.o => scan.TryDecimal(out candle.Open),
                Field.c => scan.TryDecimal(out candle.Close),
                Field.h => scan.TryDecimal(out candle.High),
                Field.l => scan.TryDecimal(out candle.Low),
                Field.v => scan.TryDouble(out candle.Volume),
                Field.n => scan.TryInteger(out candle.Trades),
                Field.x => scan.TryFlag(out candle.IsClosed),
                Field.q => scan.TryDouble(out candle.QuoteVolume),
                Field.V => scan.TryDouble(out candle.TakerBuyVolume),
                Field.Q => scan.TryDouble(out candle.TakerBuyQuoteVolume),
                _ => scan.TryPass(field),
            };
        }

        return fine && scan.TryLeave(RequiredOfCandle);
    }

    /// <summary>Head and candle agree on the symbol, the times on the length, and the numbers with each other.</summary>
    private static bool IsPossible(in KlineUpdate kline, in Inner candle) =>
        (candle.Symbol == kline.SymbolIndex || candle.Symbol < 0)
        && (candle.LastMs < 0 || candle.LastMs - candle.OpenMs == kline.Frame.Ms() - 1)
        && kline.ToCandle().Fault(kline.Frame) is null;

    private struct Inner
    {
        public static readonly Inner Empty = new()
        {
            Symbol = -1,
            LastMs = -1,
            FirstTradeId = -1,
            LastTradeId = -1,
            Trades = -1,
            QuoteVolume = double.NaN,
            TakerBuyVolume = double.NaN,
            TakerBuyQuoteVolume = double.NaN,
        };

        public int Symbol;
        public TimeFrame? Frame;
        public long OpenMs, LastMs, FirstTradeId, LastTradeId, Trades;
        public long Open, High, Low, Close;
        public double Volume, QuoteVolume, TakerBuyVolume, TakerBuyQuoteVolume;
        public bool IsClosed;
    }
}
