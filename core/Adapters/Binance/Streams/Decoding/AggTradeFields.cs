namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The fields of an <c>aggTrade</c>.</summary>
internal static class AggTradeFields
{
    // `f` and `l` only describe, and `nq` is newer than the rest: a trade without them is one.
    private static readonly ulong Required = Fields.SetOf(
        [Field.e, Field.E, Field.T, Field.s, Field.a, Field.p, Field.q, Field.m]);

    public static bool TryRead<TScan>(ref TScan scan, SymbolTable symbols, out AggTrade trade)
        where TScan : struct, IFieldScan, allows ref struct
    {
        var (symbol, eventMs, tradeMs, id, first, last) = (-1, 0L, 0L, 0L, -1L, -1L);
        var (price, quantity, normal, buyerIsMaker) = (0L, 0L, default(long?), false);
        var fine = true;
        while (fine && scan.TryNext(out var field))
        {
            fine = field switch
            {
                Field.E => scan.TryInteger(out eventMs),
                Field.T => scan.TryInteger(out tradeMs),
                Field.s => scan.TrySymbol(symbols, out symbol),
                Field.a => scan.TryInteger(out id),
                Field.f => scan.TryIntegerOrNone(out first),
                Field.l => scan.TryIntegerOrNone(out last),
                Field.p => scan.TryDecimal(out price),
                Field.q => scan.TryDecimal(out quantity),
                Field.nq => scan.TryOptionalDecimal(out normal),
                Field.m => scan.TryFlag(out buyerIsMaker),
                _ => scan.TryPass(field),
            };
        }

        trade = new(symbol, eventMs, tradeMs, id, first, last, price, quantity, normal, buyerIsMaker);
        return fine && scan.TryEnd(Required)
            && ((price > 0 && (last < 0 || first <= last)) || scan.Refuse(StreamFault.Impossible));
    }
}
